package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import jakarta.ws.rs.NotAuthorizedException;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * Finds the connection behind a request's bearer token.
 *
 * <p>Accepted is an access token that this realm issued to a confidential client, as its service account gets by
 * {@code grant_type=client_credentials}. No audience is asked for, so that a plain client of a fresh realm works.
 */
public final class Authenticator {
    private final KeycloakSession session;

    /** An authenticator of this request. */
    public Authenticator(KeycloakSession session) {
        this.session = session;
    }

    /** The connection; throws 401 without a token that counts. */
    public Connection authenticate() {
        AuthenticationManager.AuthResult result = verify();
        if (result == null) {
            throw ScimException.unauthorized("a bearer token of this realm is needed");
        }
        RealmModel realm = session.getContext().getRealm();
        session.getContext().setClient(result.client());
        AdminAuth auth = new AdminAuth(realm, result.token(), result.user(), result.client());
        return new Connection(session, realm, auth);
    }

    private AuthenticationManager.@Nullable AuthResult verify() {
        try {
            return new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        } catch (NotAuthorizedException unreadableHeader) {
            return null;
        }
    }
}
