package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.LogDirectory;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves {@code /admin/realms/{realm}/audit-log}. Keycloak has authenticated the admin before it asks. */
public final class AuditAdminResourceProviderFactory implements AdminRealmResourceProviderFactory {
    private final LiveStreams streams = new LiveStreams();

    @Override
    public String getId() {
        return "audit-log";
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new Resources(streams);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmModel.RealmPostCreateEvent created) {
                AuditRoles.ensure(created.getKeycloakSession(), created.getCreatedRealm());
            } else if (event instanceof PostMigrationEvent && !Environment.isNonServerMode()) {
                AuditRoles.ensureEverywhere(factory);
            }
        });
    }

    @Override
    public void close() {
        streams.close();
    }

    private record Resources(LiveStreams streams) implements AdminRealmResourceProvider {
        @Override
        public Object getResource(
                KeycloakSession session,
                RealmModel realm,
                AdminPermissionEvaluator auth,
                AdminEventBuilder adminEvent) {
            auth.realm().requireViewEvents();
            AuditRuntime runtime = AuditRuntime.of(session);
            RealmLog server =
                    realm.getName().equals(Config.getAdminRealm()) ? RealmLog.of(runtime, LogDirectory.SERVER) : null;
            Caller caller = new Caller(session, realm, auth, adminEvent);
            return new AuditAdminResource(
                    RealmLog.of(runtime, realm.getId()), realm.getName(), caller, streams, server);
        }

        @Override
        public void close() {}
    }
}
