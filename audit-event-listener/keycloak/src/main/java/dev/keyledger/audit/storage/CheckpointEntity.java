package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** A signed checkpoint, the whole note. */
@Entity
@Table(name = "AUDIT_CHECKPOINT")
@IdClass(CheckpointEntity.Key.class)
public class CheckpointEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "TREE_SIZE")
    public long treeSize;

    @Column(name = "SIGNED_TIME")
    public long signedTime;

    @Nationalized
    @Column(name = "NOTE", length = Length.LONG32)
    public String note = "";

    /** Log and tree size. */
    public record Key(String logId, long treeSize) implements Serializable {}
}
