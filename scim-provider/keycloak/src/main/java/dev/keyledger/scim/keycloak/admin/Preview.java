package dev.keyledger.scim.keycloak.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import dev.keyledger.scim.keycloak.user.UserMapping;
import dev.keyledger.scim.keycloak.user.UserStore;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.service.Outcome;
import dev.keyledger.scim.service.RequestOptions;
import dev.keyledger.scim.service.ScimService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.urls.UrlType;

/** Shows an administrator what a connection would show its client. It reads, and tells nothing that he may not see himself. */
final class Preview {
    /** One user is read by id, and no search is ever made. */
    private static final Duration NO_SEARCH = Duration.ZERO;

    private final Administrator administrator;
    private final RealmSchemas schemas;
    private final InstantSource clock;

    Preview(Administrator administrator, RealmSchemas schemas, InstantSource clock) {
        this.administrator = administrator;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** The user of that id as a SCIM resource; 404 if for the connection there is none, 403 if the administrator may not see him. */
    ObjectNode user(Contract contract, String id) {
        KeycloakSession session = administrator.session();
        UserModel user = session.users().getUserById(administrator.realm(), id);
        if (user != null) {
            administrator.requireView(user);
        }
        String baseUri = session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(administrator.realm().getName())
                .path("scim/v2")
                .build()
                .toString();
        try {
            RealmSchema schema = schemas.of(session, contract.places());
            Connection seen = Connection.seenBy(session, administrator.realm(), administrator.auth(), contract);
            UserStore users = new UserStore(session, seen, new UserMapping(schema), clock, baseUri, NO_SEARCH);
            Outcome found = new ScimService(schema.userType(), users, baseUri, 1, Preview::noCursors)
                    .get(id, new RequestOptions(List.of(), List.of(), null, null));
            return Objects.requireNonNull(found.body(), "a GET without a condition has a body");
        } catch (ScimException e) {
            throw e.status() == 404
                    ? ApiError.notFound("for the connection " + contract.name() + " there is no user of that id")
                    : ApiError.forbidden(e.detail());
        }
    }

    private static Cursors noCursors() {
        throw new IllegalStateException("one user has no pages");
    }
}
