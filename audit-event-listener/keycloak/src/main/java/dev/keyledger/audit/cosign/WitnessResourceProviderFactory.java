package dev.keyledger.audit.cosign;

import dev.keyledger.audit.runtime.AuditRuntime;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Serves {@code /realms/master/audit-witness} where the option {@code witness-logs} names logs, and 404 everywhere else. It
 * belongs to the server, and so to the admin realm.
 */
public final class WitnessResourceProviderFactory implements RealmResourceProviderFactory {
    private final RequestLimits limits = new RequestLimits(InstantSource.system());

    @Override
    public String getId() {
        return "audit-witness";
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

    private @Nullable WitnessResource resource(KeycloakSession session) {
        AuditRuntime runtime = AuditRuntime.of(session);
        return session.getContext().getRealm().getName().equals(Config.getAdminRealm())
                ? runtime.witnessed()
                        .map(logs -> new WitnessResource(runtime, logs, limits))
                        .orElse(null)
                : null;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
