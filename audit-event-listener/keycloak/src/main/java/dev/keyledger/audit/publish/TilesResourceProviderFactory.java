package dev.keyledger.audit.publish;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.LogDirectory;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@code /realms/{realm}/audit-log} for the realms that {@link PublishSettings} names, and 404 for all others. */
public final class TilesResourceProviderFactory implements RealmResourceProviderFactory {
    private PublishSettings settings = new PublishSettings(Set.of(), null);

    @Override
    public String getId() {
        return "audit-log";
    }

    /** The options stand with those of the log, not with this factory's own. */
    @Override
    public void init(Config.Scope config) {
        settings = PublishSettings.read(Config.scope("eventsListener", AuditRuntime.Holder.ID));
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public @Nullable Object getResource() {
                return resource(session);
            }

            @Override
            public void close() {}
        };
    }

    private @Nullable TilesResource resource(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        boolean servers = realm.getName().equals(Config.getAdminRealm()) && settings.isPublic(LogDirectory.SERVER);
        boolean own = settings.isPublic(realm.getName());
        if (!own && !servers) {
            return null;
        }
        return new TilesResource(
                AuditRuntime.of(session), own ? realm.getId() : null, servers ? LogDirectory.SERVER : null, null);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
