package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.RowLock;
import dev.keyledger.scim.keycloak.storage.ProvisionedEntity;
import dev.keyledger.scim.resource.Resource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Deletes a user whom the connection has deleted before and whose time is over.
 *
 * <p>Commit point: the session's. A user who returns meanwhile is locked by that request, or finds himself gone and is made
 * anew; in no case does he return and is deleted then.
 */
public final class LateDeletion {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final EntityManager entities;

    /** Deletions in the session's realm, as the connection. */
    public LateDeletion(KeycloakSession session, Connection connection) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Deletes the user of that id and returns what he was; empty if he was not deleted before that time (epoch milliseconds),
     * has returned or is gone, or no longer belongs to the connection's organization alone. Throws 403 for one whom the connection may no longer change.
     */
    public Optional<Resource> delete(String id, long before, UserMapping mapping) {
        if (RowLock.take(entities, UserEntity.class, id).isEmpty()) {
            return Optional.empty();
        }
        ProvisionedEntity row = entities.find(
                ProvisionedEntity.class,
                new ProvisionedEntity.Key(id, connection.name()),
                LockModeType.PESSIMISTIC_WRITE);
        UserModel user = session.users().getUserById(realm, id);
        if (user == null || row == null || row.deleted == null || row.deleted >= before) {
            return Optional.empty();
        }
        OrganizationScope organization = connection.organization();
        if (organization != null && !organization.owns(user)) {
            // he has become the realm's, or another organization's
            connection.provisioned().released(id);
            return Optional.empty();
        }
        connection.rights().requireManage(user);
        Resource gone =
                mapping.toResource(new AccountReader(realm, entities, Sight.everything(), "").read(user), List.of());
        new UserManager(session).removeUser(realm, user);
        entities.flush();
        return Optional.of(gone);
    }
}
