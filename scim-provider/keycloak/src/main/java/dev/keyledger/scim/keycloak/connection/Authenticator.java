package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.storage.TokenEntity;
import dev.keyledger.scim.keycloak.storage.TokenText;
import dev.keyledger.scim.keycloak.storage.Tokens;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.util.TokenUtil;

/**
 * Finds the connection behind a request's bearer token. Accepted are
 *
 * <ul>
 *   <li>an access token that this realm issued to a confidential client, as its service account gets by
 *       {@code grant_type=client_credentials}; no audience is asked for, so that a plain client of a fresh realm works;
 *   <li>a provisioning token of a connection;
 *   <li>an access token of the issuer that a connection's contract names.
 * </ul>
 *
 * With the last two the connection acts as the service account of its client.
 */
public final class Authenticator {
    private static final String BEARER = "Bearer ";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Contracts contracts;
    private final InstantSource clock;
    private @Nullable Contract contract;

    /** An authenticator of this request. */
    public Authenticator(KeycloakSession session, Contracts contracts, InstantSource clock) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.contracts = contracts;
        this.clock = clock;
    }

    /**
     * The contract of the connection whose token was sent, or that the token says it is of; null if it names none. It is there
     * also when the token does not count, and then proves nothing.
     */
    public @Nullable Contract contract() {
        return contract;
    }

    /** The connection; throws 401 without a token that counts. */
    public Connection authenticate() {
        String bearer = bearer();
        Optional<TokenText> token = TokenText.parse(bearer);
        if (token.isPresent()) {
            return ofToken(token.get());
        }
        AuthenticationManager.AuthResult result =
                new ServiceAccountTokens(session).verify(bearer).orElseGet(this::verify);
        if (result != null) {
            return ofClient(result);
        }
        ForeignTokens foreign = new ForeignTokens(session, realm, contracts);
        Optional<Contract> issued = foreign.contract(bearer);
        contract = issued.or(() -> foreign.named(bearer)).orElse(null);
        return issued.map(this::asServiceAccount)
                .orElseThrow(() -> ScimException.unauthorized("a bearer token of this realm is needed"));
    }

    private String bearer() {
        String header =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
    }

    private Connection ofToken(TokenText token) {
        Tokens tokens = new Tokens(session, realm, clock);
        Optional<TokenEntity> known = tokens.find(token);
        Contract named =
                known.flatMap(row -> contracts.find(realm, row.connection)).orElse(null);
        contract = named;
        if (known.isEmpty() || named == null) {
            throw ScimException.unauthorized("the provisioning token is unknown");
        }
        String fault = tokens.fault(known.get(), token);
        if (fault != null) {
            throw ScimException.unauthorized(fault);
        }
        Connection connection = asServiceAccount(named);
        tokens.used(known.get());
        return connection;
    }

    /** The connection of that contract, for what it does without being asked; throws 401 if it has no account to act as. */
    public Connection acting(Contract of) {
        return asServiceAccount(of);
    }

    private Connection asServiceAccount(Contract contract) {
        ClientModel client = contracts
                .client(realm, contract)
                .filter(ClientModel::isEnabled)
                .orElseThrow(() -> withoutAccount(contract));
        UserModel account = session.users().getServiceAccount(client);
        if (account == null || !account.isEnabled()) {
            throw withoutAccount(contract);
        }
        session.getContext().setClient(client);
        AccessToken token = new AccessToken();
        token.issuedFor(client.getClientId());
        return Connection.ofServiceAccount(session, new AdminAuth(realm, token, account, client), contract);
    }

    private static ScimException withoutAccount(Contract contract) {
        return ScimException.unauthorized("the client of the connection " + ScimException.quoted(contract.name())
                + " is gone or disabled, or has no service account");
    }

    private Connection ofClient(AuthenticationManager.AuthResult result) {
        session.getContext().setClient(result.client());
        AdminAuth auth = new AdminAuth(realm, result.token(), result.user(), result.client());
        Contract known = contracts.ofClient(realm, result.client());
        contract = known;
        requireScope(known, result.token());
        return Connection.ofAccessToken(session, auth, known);
    }

    private static void requireScope(Contract contract, AccessToken token) {
        String wanted = contract.tokenScope();
        if (wanted != null && !TokenUtil.hasScope(token.getScope(), wanted)) {
            throw ScimException.unauthorized("the access token lacks the scope " + ScimException.quoted(wanted));
        }
    }

    private AuthenticationManager.@Nullable AuthResult verify() {
        try {
            String token = AppAuthManager.extractAuthorizationHeaderToken(
                    session.getContext().getHttpRequest().getHttpHeaders());
            if (token == null || algorithm(token) == null) {
                return null;
            }
            return new AppAuthManager.BearerTokenAuthenticator(session)
                    .setTokenString(token)
                    .authenticate();
        } catch (NotAuthorizedException | VerificationException unreadable) {
            return null;
        }
    }

    private static @Nullable String algorithm(String token) throws VerificationException {
        return ServiceAccountTokens.algorithm(
                TokenVerifier.create(token, AccessToken.class).getHeader());
    }
}
