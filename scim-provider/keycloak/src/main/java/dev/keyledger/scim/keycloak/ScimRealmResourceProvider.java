package dev.keyledger.scim.keycloak;

import dev.keyledger.scim.keycloak.endpoint.ScimRootResource;
import dev.keyledger.scim.keycloak.endpoint.ScimSettings;
import java.time.InstantSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Hands Keycloak the resource that serves SCIM for the realm of one request. */
final class ScimRealmResourceProvider implements RealmResourceProvider {
    private final KeycloakSession session;
    private final ScimSettings settings;

    ScimRealmResourceProvider(KeycloakSession session, ScimSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    @Override
    public Object getResource() {
        return new ScimRootResource(session, settings, InstantSource.system());
    }

    @Override
    public void close() {
        // holds nothing
    }
}
