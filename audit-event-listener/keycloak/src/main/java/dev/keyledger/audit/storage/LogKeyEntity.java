package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A signing key of one log. Being unique, the row sees to it that each key is introduced to each log once. */
@Entity
@Table(name = "AUDIT_LOG_KEY")
@IdClass(LogKeyEntity.Key.class)
public class LogKeyEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "KEY_NUMBER")
    public int number;

    /** The entry that introduces the key; null for the key that the log began with. */
    @Column(name = "ENTRY_ID", length = 36)
    public @Nullable String entryId;

    /** Log and number of the signing key. */
    public record Key(String logId, int number) implements Serializable {}
}
