package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A range of a log that is kept in a file as well. The entry {@code ARCHIVE} of the log says the same. */
@Entity
@Table(name = "AUDIT_ARCHIVE")
@IdClass(ArchiveEntity.Key.class)
public class ArchiveEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "FROM_INDEX")
    public long from;

    /** Exclusive. */
    @Column(name = "TO_INDEX")
    public long to;

    /** SHA-256 of the file, hexadecimal. */
    @Column(name = "FILE_HASH", length = 64)
    public String hash = "";

    /** The file, below the folder of archives. */
    @Column(name = "PLACE", length = 500)
    public String place = "";

    /** When it was read back and verified, in epoch milliseconds. */
    @Column(name = "VERIFIED_TIME")
    public long verified;

    /** Log and first index. */
    public record Key(String logId, long from) implements Serializable {}
}
