package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One provisioning token: everything about it but the token, of which only the hash is kept. Times are epoch milliseconds. */
@Entity
@Table(name = "SCIM_TOKEN")
public class TokenEntity {
    @Id
    @Column(name = "ID", length = 36)
    public String id = "";

    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    @Column(name = "CONNECTION_NAME", length = 40)
    public String connection = "";

    @Column(name = "NAME", length = 255)
    public String name = "";

    /** Of the whole token, SHA-256, in hexadecimal digits. */
    @Column(name = "HASH", length = 64)
    public String hash = "";

    @Column(name = "CREATED_TIME")
    public long created;

    @Column(name = "EXPIRES_TIME")
    public long expires;

    /** To the minute; null while it was never used. */
    @Column(name = "LAST_USED_TIME")
    public @Nullable Long lastUsed;

    /** Null while it was not revoked; a revoked one is kept for a while, so that the log can say whose it was. */
    @Column(name = "REVOKED_TIME")
    public @Nullable Long revoked;
}
