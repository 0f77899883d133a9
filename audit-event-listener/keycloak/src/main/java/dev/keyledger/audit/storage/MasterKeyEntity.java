package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A master key that the server has had; the greatest number is the one in force. */
@Entity
@Table(name = "AUDIT_MASTER_KEY")
public class MasterKeyEntity {
    @Id
    @Column(name = "GENERATION")
    public int generation;

    /** Where the key was kept while it was the newest. */
    @Column(name = "CUSTODY", length = 10)
    public String custody = "";

    @Column(name = "FINGERPRINT", length = 22)
    public String fingerprint = "";

    /**
     * Of the newest: the key in base64 under custody {@code database}, else null. Of an older one: the key, sealed under
     * the next one.
     */
    @Column(name = "SECRET", length = 200)
    public @Nullable String secret;

    @Column(name = "CREATED_TIME")
    public long createdTime;
}
