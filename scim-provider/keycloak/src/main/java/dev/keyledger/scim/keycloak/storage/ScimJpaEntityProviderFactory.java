package dev.keyledger.scim.keycloak.storage;

import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Registers the tables of SCIM, and empties them of a realm that is removed. The first ten letters of the id name Liquibase's
 * table too (DATABASECHANGELOG_SCIM_KEYLE): it must not change, and has to begin unlike that of the log.
 */
public final class ScimJpaEntityProviderFactory implements JpaEntityProviderFactory {
    /** The provider id. */
    public static final String ID = "scim-keyledger";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new ScimJpaEntityProvider();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmModel.RealmRemovedEvent removed) {
                Removals.realm(removed.getKeycloakSession(), removed.getRealm());
            } else if (event instanceof UserModel.UserRemovedEvent removed) {
                Removals.resource(
                        removed.getKeycloakSession(), removed.getUser().getId());
            } else if (event instanceof GroupModel.GroupRemovedEvent removed) {
                Removals.resource(
                        removed.getKeycloakSession(), removed.getGroup().getId());
            }
        });
    }

    @Override
    public void close() {}
}
