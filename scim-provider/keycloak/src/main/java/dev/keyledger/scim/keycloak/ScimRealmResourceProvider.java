package dev.keyledger.scim.keycloak;

import dev.keyledger.scim.keycloak.endpoint.ScimRootResource;
import dev.keyledger.scim.keycloak.endpoint.ScimServer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Hands Keycloak the resource that serves SCIM for the realm of one request. */
final class ScimRealmResourceProvider implements RealmResourceProvider {
    private final KeycloakSession session;
    private final ScimServer server;

    ScimRealmResourceProvider(KeycloakSession session, ScimServer server) {
        this.session = session;
        this.server = server;
    }

    @Override
    public Object getResource() {
        return new ScimRootResource(session, server);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
