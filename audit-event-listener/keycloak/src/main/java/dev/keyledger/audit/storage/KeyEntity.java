package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * The row that is locked before the keys are looked at or changed; the changelog inserts it. Its other columns hold the
 * secrets of a server that began before there was a choice of custodies, until they are moved.
 */
@Entity
@Table(name = "AUDIT_KEY")
public class KeyEntity {
    /** Id of the one row. */
    public static final String SERVER = "server";

    @Id
    @Column(name = "ID", length = 36)
    public String id = SERVER;

    @Column(name = "MASTER_KEY", length = 44)
    public @Nullable String masterKey;

    @Column(name = "SIGNING_SEED", length = 44)
    public @Nullable String signingSeed;

    @Column(name = "PUBLIC_KEY", length = 44)
    public @Nullable String publicKey;

    @Column(name = "CREATED_TIME")
    public @Nullable Long createdTime;
}
