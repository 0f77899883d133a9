package dev.keyledger.audit.storage;

import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** What this server, as a witness, has cosigned last of somebody's log. */
@Entity
@Table(name = "AUDIT_WITNESSED")
public class WitnessedEntity {
    /** SHA-256 of the origin in hexadecimal digits. */
    @Id
    @Column(name = "ORIGIN_HASH", length = 64)
    public String originHash = "";

    @Column(name = "ORIGIN", length = 500)
    public String origin = "";

    @Column(name = "TREE_SIZE")
    public long treeSize;

    /** Base64. */
    @Column(name = "ROOT_HASH", length = 44)
    public String rootHash = "";

    /** The checkpoint with the lines that were verified and our own; null before the first. */
    @Nationalized
    @Column(name = "NOTE", length = Length.LONG32)
    public @Nullable String note;

    /** Epoch milliseconds. */
    @Column(name = "COSIGNED_TIME")
    public long cosignedTime;

    TreeHead head() {
        return new TreeHead(treeSize, Hash.ofBase64(rootHash));
    }
}
