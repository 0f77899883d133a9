package dev.keyledger.scim.keycloak.admin;

import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import java.time.InstantSource;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves {@code /admin/realms/{realm}/keyledger}. Keycloak has authenticated the administrator before it asks. */
public final class ConnectionsResourceProviderFactory
        implements AdminRealmResourceProviderFactory, AdminRealmResourceProvider {
    private final Contracts contracts = new Contracts();
    private final RealmSchemas schemas = new RealmSchemas();

    @Override
    public String getId() {
        return "keyledger";
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new ConnectionsResource(
                new Administrator(session, realm, auth, adminEvent), contracts, schemas, InstantSource.system());
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
