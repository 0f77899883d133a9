package dev.keyledger.scim.keycloak;

import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.endpoint.ScimRootResource;
import dev.keyledger.scim.keycloak.endpoint.ScimSettings;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import java.time.InstantSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Hands Keycloak the resource that serves SCIM for the realm of one request. */
final class ScimRealmResourceProvider implements RealmResourceProvider {
    private final KeycloakSession session;
    private final ScimSettings settings;
    private final RealmSchemas schemas;
    private final Contracts contracts;

    ScimRealmResourceProvider(
            KeycloakSession session, ScimSettings settings, RealmSchemas schemas, Contracts contracts) {
        this.session = session;
        this.contracts = contracts;
        this.schemas = schemas;
        this.settings = settings;
    }

    @Override
    public Object getResource() {
        return new ScimRootResource(session, settings, schemas, contracts, InstantSource.system());
    }

    @Override
    public void close() {
        // holds nothing
    }
}
