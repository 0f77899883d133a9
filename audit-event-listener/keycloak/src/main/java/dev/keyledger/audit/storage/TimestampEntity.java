package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** What a time stamp authority said of a checkpoint. */
@Entity
@Table(name = "AUDIT_TIMESTAMP")
@IdClass(TimestampEntity.Key.class)
public class TimestampEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "TREE_SIZE")
    public long treeSize;

    /** Epoch milliseconds, as the authority says. */
    @Column(name = "STAMPED_TIME")
    public long stampedTime;

    /** Base64 of its answer, RFC 3161. */
    @Nationalized
    @Column(name = "RESPONSE", length = Length.LONG32)
    public String response = "";

    /** Log and tree size. */
    public record Key(String logId, long treeSize) implements Serializable {}
}
