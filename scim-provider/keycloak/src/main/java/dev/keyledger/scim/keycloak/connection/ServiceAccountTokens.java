package dev.keyledger.scim.keycloak.connection;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.managers.GrantTypeEndpointRestrictionValidator;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.util.TokenUtil;

/**
 * Access tokens of a client's own service account, as {@code grant_type=client_credentials} gives them: no session stands behind
 * them. For each use of one {@link AppAuthManager.BearerTokenAuthenticator} makes a session of the account and one of the client,
 * and forgets both, which takes about as long as the change of a resource; nothing here asks for them. What it checks is checked
 * here too, by the same parts of Keycloak. Whatever does not pass is no proof of anything: it is left to the authenticator, which
 * knows the other kinds of tokens.
 */
final class ServiceAccountTokens {
    private final KeycloakSession session;
    private final KeycloakContext context;
    private final RealmModel realm;

    ServiceAccountTokens(KeycloakSession session) {
        this.session = session;
        this.context = session.getContext();
        this.realm = context.getRealm();
    }

    /** The account and its client, without a session, if the token is one that counts. The context then knows client and token. */
    Optional<AuthResult> verify(String bearer) {
        try {
            TokenVerifier<AccessToken> verifier = TokenVerifier.create(bearer, AccessToken.class);
            return namesNoSession(verifier.getToken()) ? verify(verifier, bearer) : Optional.empty();
        } catch (VerificationException isNone) {
            return Optional.empty();
        }
    }

    /** What a token's header says it is signed with; null when it says nothing, on which Keycloak's own readers fail. */
    static @Nullable String algorithm(JWSHeader header) {
        return header.getAlgorithm() == null ? null : header.getRawAlgorithm();
    }

    private static boolean namesNoSession(AccessToken token) {
        return token.getSessionId() == null && token.getSubject() != null && token.getConfirmation() == null;
    }

    /** What a token's id says of its session, which only the id of a token of this server is sure to do. */
    private boolean isOfNoSession(AccessToken token) {
        return token.getId() != null
                && session.getProvider(TokenContextEncoderProvider.class)
                        .getTokenContextFromTokenId(token.getId())
                        .getSessionType()
                        .isAllowTransientUserSession();
    }

    private Optional<AuthResult> verify(TokenVerifier<AccessToken> verifier, String bearer)
            throws VerificationException {
        String algorithm = algorithm(verifier.getHeader());
        SignatureProvider signatures =
                algorithm == null ? null : session.getProvider(SignatureProvider.class, algorithm);
        if (signatures == null) {
            return Optional.empty();
        }
        DPoPUtil.Validator proof = new DPoPUtil.Validator(session)
                .request(context.getHttpRequest())
                .uriInfo(context.getUri())
                .accessToken(bearer);
        verifier.withChecks(TokenVerifier.IS_ACTIVE)
                .withChecks(new TokenVerifier.RealmUrlCheck(
                        Urls.realmIssuer(context.getUri().getBaseUri(), realm.getName())))
                .withChecks(new TokenVerifier.TokenTypeCheck(List.of(TokenUtil.TOKEN_TYPE_BEARER)));
        DPoPUtil.withDPoPVerifier(verifier, realm, proof)
                .withChecks(GrantTypeEndpointRestrictionValidator.check(session))
                .withChecks(new TokenManager.TokenRevocationCheck(session))
                .verifierContext(signatures.verifier(verifier.getHeader().getKeyId()));
        AccessToken token = verifier.verify().getToken();
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        if (!isOfNoSession(token)
                || client == null
                || !client.isEnabled()
                || token.getIat() < Math.max(realm.getNotBefore(), client.getNotBefore())) {
            return Optional.empty();
        }
        return account(token, client).map(user -> admitted(user, token, client));
    }

    private Optional<UserModel> account(AccessToken token, ClientModel client) {
        @Nullable UserModel user = session.users().getUserById(realm, token.getSubject());
        return Optional.ofNullable(user)
                .filter(account -> client.getId().equals(account.getServiceAccountClientLink()))
                .filter(account -> TokenManager.isUserValid(session, realm, token, account));
    }

    private AuthResult admitted(UserModel user, AccessToken token, ClientModel client) {
        context.setClient(client);
        context.setBearerToken(token);
        return new AuthResult(user, null, token, client);
    }
}
