package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** A unit of a log whose rows were pruned, all but those that it lists. The entry {@code PRUNE} of the log says the same. */
@Entity
@Table(name = "AUDIT_PRUNED")
@IdClass(PrunedEntity.Key.class)
public class PrunedEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "FROM_INDEX")
    public long from;

    /** Exclusive. */
    @Column(name = "TO_INDEX")
    public long to;

    /** What {@link KeptRows#format} writes. */
    @Nationalized
    @Column(name = "KEPT", length = Length.LONG32)
    public String kept = "";

    /** Epoch milliseconds. */
    @Column(name = "PRUNED_TIME")
    public long prunedTime;

    /** Id of the entry {@code PRUNE}. */
    @Column(name = "ENTRY_ID", length = 36)
    public String entryId = "";

    /** Log and first index. */
    public record Key(String logId, long from) implements Serializable {}
}
