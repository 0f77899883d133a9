package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** What one witness has cosigned of one log last. */
@Entity
@Table(name = "AUDIT_COSIGNED")
@IdClass(CosignedEntity.Key.class)
public class CosignedEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** Of the witness's key, eight hexadecimal digits. */
    @Id
    @Column(name = "KEY_ID", length = 8)
    public String keyId = "";

    @Column(name = "TREE_SIZE")
    public long treeSize;

    /** Epoch milliseconds, as the cosignature says. */
    @Column(name = "COSIGNED_TIME")
    public long cosignedTime;

    /** Log and key. */
    public record Key(String logId, String keyId) implements Serializable {}
}
