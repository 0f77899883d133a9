package dev.keyledger.scim.keycloak.storage;

import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Takes rows away whose realm, user or group is removed, in the transaction that removes it. */
final class Removals {
    private Removals() {}

    static void realm(KeycloakSession session, RealmModel realm) {
        for (String entity : List.of("TokenEntity", "ProvisionedEntity", "ActivityEntity")) {
            delete(session, entity, "realmId", realm.getId());
        }
    }

    static void resource(KeycloakSession session, String id) {
        delete(session, "ProvisionedEntity", "resourceId", id);
    }

    private static void delete(KeycloakSession session, String entity, String column, String value) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("delete from " + entity + " r where r." + column + " = :value")
                .setParameter("value", value)
                .executeUpdate();
    }
}
