package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** The root of a full subtree of 256^level leaves, level 1 and up; level 0 is in the entries, and here only where
 * entries were pruned. */
@Entity
@Table(name = "AUDIT_NODE")
@IdClass(NodeEntity.Key.class)
public class NodeEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "TILE_LEVEL")
    public int tileLevel;

    @Id
    @Column(name = "NODE_INDEX")
    public long nodeIndex;

    @Column(name = "HASH", length = 44)
    public String hash = "";

    /** Log, tile level and index. */
    public record Key(String logId, int tileLevel, long nodeIndex) implements Serializable {}
}
