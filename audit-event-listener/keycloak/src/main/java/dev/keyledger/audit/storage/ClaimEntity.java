package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A piece of work on a log that one node at a time is to do, and until when one has taken it. */
@Entity
@Table(name = "AUDIT_CLAIM")
@IdClass(ClaimEntity.Key.class)
public class ClaimEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "WORK", length = 20)
    public String work = "";

    /** Epoch milliseconds; 0 when nobody has it. */
    @Column(name = "CLAIMED_UNTIL")
    public long claimedUntil;

    /** Log and work. */
    public record Key(String logId, String work) implements Serializable {}
}
