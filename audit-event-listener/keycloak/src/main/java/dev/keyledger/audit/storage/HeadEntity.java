package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The state of one log, and the row that every writer of it locks first. */
@Entity
@Table(name = "AUDIT_HEAD")
public class HeadEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Column(name = "ORIGIN", length = 500)
    public String origin = "";

    @Column(name = "TREE_SIZE")
    public long treeSize;

    @Column(name = "COMPACT_RANGE", length = 3000)
    public @Nullable String compactRange;

    @Column(name = "SIGNED_SIZE")
    public long signedSize;

    @Column(name = "STATE", length = 10)
    public String state = "ACTIVE";

    @Column(name = "HALT_REASON", length = 1000)
    public @Nullable String haltReason;

    /** The realm whose log this is; null in the first epoch, whose log has the realm's id itself. */
    @Column(name = "REALM_ID", length = 36)
    public @Nullable String realmId;

    /** 1 for the log that a realm began with, one more for each recovery. */
    @Column(name = "EPOCH")
    public int epoch = 1;

    /** The realm whose log this is. */
    public String realm() {
        String known = realmId;
        return known == null ? logId : known;
    }
}
