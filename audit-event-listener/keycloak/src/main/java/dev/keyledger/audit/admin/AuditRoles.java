package dev.keyledger.audit.admin;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sees to it that every realm has the {@link AuditRole}s, as parts of {@code realm-admin} and of the admin realm's
 * {@code admin}. A realm that comes, by whatever door, gets them with its own transaction; one that was there before
 * the log was installed gets them when the server starts.
 */
final class AuditRoles {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int ATTEMPTS = 3;

    private AuditRoles() {}

    /** Gives them to a realm. */
    static void ensure(KeycloakSession session, RealmModel realm) {
        RealmModel admins = session.realms().getRealmByName(Config.getAdminRealm());
        ClientModel masterClient = realm.getMasterAdminClient();
        if (admins != null && masterClient != null) {
            ensure(masterClient, admins.getRole(AdminRoles.ADMIN));
        }
        ClientModel ownClient = realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        if (ownClient != null) {
            ensure(ownClient, ownClient.getRole(AdminRoles.REALM_ADMIN));
        }
    }

    /**
     * Gives them to the realms that lack one. Another node may do the same at the same time, and then one of the two is
     * refused by the database and looks again. A server that cannot do it starts all the same: nobody has the rights
     * then.
     */
    static void ensureEverywhere(KeycloakSessionFactory sessions) {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                for (String realmId : KeycloakModelUtils.runJobInTransactionWithResult(sessions, AuditRoles::lacking)) {
                    KeycloakModelUtils.runJobInTransaction(sessions, session -> ensure(session, realmId));
                }
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        LOG.error("Keyledger could not give every realm the roles of the audit log", failure);
    }

    private static void ensure(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm != null) {
            ensure(session, realm);
        }
    }

    private static void ensure(ClientModel client, @Nullable RoleModel composite) {
        for (AuditRole wanted : AuditRole.values()) {
            RoleModel role = client.getRole(wanted.label());
            if (role == null) {
                role = client.addRole(wanted.label());
                role.setDescription(wanted.description());
                if (composite != null) {
                    composite.addCompositeRole(role);
                }
            }
        }
    }

    /** Ids of the realms whose management clients lack a role. */
    private static List<String> lacking(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return em.createQuery(
                        "select r.id from RealmEntity r where exists (select c from ClientEntity c"
                                + " where (c.id = r.masterAdminClient or (c.realmId = r.id and c.clientId = :own))"
                                + " and (select count(x) from RoleEntity x where x.clientId = c.id and x.name in :roles)"
                                + " < :want)",
                        String.class)
                .setParameter("own", Constants.REALM_MANAGEMENT_CLIENT_ID)
                .setParameter("roles", AuditRole.labels())
                .setParameter("want", (long) AuditRole.values().length)
                .getResultList();
    }
}
