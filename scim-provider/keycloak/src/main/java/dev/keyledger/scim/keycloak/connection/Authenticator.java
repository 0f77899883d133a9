package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.contract.Contracts;
import jakarta.ws.rs.NotAuthorizedException;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.util.TokenUtil;

/**
 * Finds the connection behind a request's bearer token.
 *
 * <p>Accepted is an access token that this realm issued to a confidential client, as its service account gets by
 * {@code grant_type=client_credentials}. No audience is asked for, so that a plain client of a fresh realm works.
 */
public final class Authenticator {
    private final KeycloakSession session;
    private final Contracts contracts;

    /** An authenticator of this request. */
    public Authenticator(KeycloakSession session, Contracts contracts) {
        this.session = session;
        this.contracts = contracts;
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
        Contract contract = contracts.ofClient(realm, result.client());
        requireScope(contract, result.token());
        return new Connection(session, realm, auth, contract);
    }

    private static void requireScope(Contract contract, AccessToken token) {
        String wanted = contract.tokenScope();
        if (wanted != null && !TokenUtil.hasScope(token.getScope(), wanted)) {
            throw ScimException.unauthorized("the access token lacks the scope " + ScimException.quoted(wanted));
        }
    }

    private AuthenticationManager.@Nullable AuthResult verify() {
        try {
            return new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        } catch (NotAuthorizedException unreadableHeader) {
            return null;
        }
    }
}
