package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A user or group that a connection has made or taken over, and whether it has deleted it. Times are epoch milliseconds. */
@Entity
@Table(name = "SCIM_PROVISIONED")
@IdClass(ProvisionedEntity.Key.class)
public class ProvisionedEntity {
    @Id
    @Column(name = "RESOURCE_ID", length = 255)
    public String resourceId = "";

    @Id
    @Column(name = "CONNECTION_NAME", length = 40)
    public String connection = "";

    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    /** When the client deleted it, which is still there because the connection's policy says so; null if it did not. */
    @Column(name = "DELETED_TIME")
    public @Nullable Long deleted;

    /** Resource and connection. */
    public record Key(String resourceId, String connection) implements Serializable {}
}
