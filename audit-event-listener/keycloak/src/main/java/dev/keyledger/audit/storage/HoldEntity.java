package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** A legal hold: what is recorded about a person is neither erased nor pruned. */
@Entity
@Table(name = "AUDIT_HOLD")
@IdClass(HoldEntity.Key.class)
public class HoldEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "SUBJECT_REF", length = 43)
    public String subjectRef = "";

    /** Encrypted, and bound to the rest of the row. */
    @Nationalized
    @Column(name = "REASON", length = Length.LONG32)
    public String reason = "";

    /** Epoch milliseconds, as is the end. */
    @Column(name = "SINCE_TIME")
    public long since;

    /** Exclusive; null until it is released. */
    @Column(name = "UNTIL_TIME")
    public @Nullable Long until;

    /** Log and person. */
    public record Key(String logId, String subjectRef) implements Serializable {}
}
