package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.contract.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.JWKSHttpUtils;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.util.JWKSUtils;

/**
 * Access tokens that others have issued for a connection: JWTs that match the issuer, the audience and the subject of its
 * contract, that end some day and have not yet, and that a key of the issuer's key set has signed.
 *
 * <p>The key set is fetched when a key is not known and kept by Keycloak, which asks again ten seconds later at the earliest.
 */
final class ForeignTokens {
    private static final Logger LOGGER = Logger.getLogger(ForeignTokens.class);
    private static final int SKEW_SECONDS = 30;
    private static final Set<String> ALGORITHMS = Set.of(
            Algorithm.RS256,
            Algorithm.RS384,
            Algorithm.RS512,
            Algorithm.PS256,
            Algorithm.PS384,
            Algorithm.PS512,
            Algorithm.ES256,
            Algorithm.ES384,
            Algorithm.ES512,
            Algorithm.EdDSA);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Contracts contracts;

    ForeignTokens(KeycloakSession session, RealmModel realm, Contracts contracts) {
        this.session = session;
        this.realm = realm;
        this.contracts = contracts;
    }

    /** The contract that the token is for; empty if it is for none, or not valid. */
    Optional<Contract> contract(String bearer) {
        return parsed(bearer)
                .flatMap(token -> forIssuer(token.content())
                        .filter(contract -> isNow(token.content()) && isSigned(contract, token.jws()))
                        .findFirst());
    }

    /**
     * The contract of a connection of its own that the token says it is for: by issuer, audience and subject, or, of a token
     * that this realm is said to have issued, by the client. Nothing is proved by that.
     */
    Optional<Contract> named(String bearer) {
        return parsed(bearer)
                .map(Token::content)
                .flatMap(token ->
                        Stream.concat(forIssuer(token), forClient(token)).findFirst());
    }

    private record Token(JWSInput jws, JsonWebToken content) {}

    private static Optional<Token> parsed(String bearer) {
        try {
            JWSInput jws = new JWSInput(bearer);
            return Optional.of(new Token(jws, jws.readJsonContent(JsonWebToken.class)));
        } catch (JWSInputException noJwt) {
            return Optional.empty();
        }
    }

    private Stream<Contract> forIssuer(JsonWebToken token) {
        return contracts.all(realm).stream()
                .filter(contract -> contract.issuer() != null && matches(contract.issuer(), token));
    }

    private Stream<Contract> forClient(JsonWebToken token) {
        String issuer = Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
        return Stream.ofNullable(token.getIssuedFor())
                .filter(client -> issuer.equals(token.getIssuer()))
                .map(realm::getClientByClientId)
                .filter(Objects::nonNull)
                .map(client -> contracts.ofClient(realm, client))
                .filter(contract -> !contract.catchesAll());
    }

    private static boolean matches(Issuer issuer, JsonWebToken token) {
        return issuer.issuer().equals(token.getIssuer())
                && issuer.subject().equals(token.getSubject())
                && token.hasAudience(issuer.audience());
    }

    private static boolean isNow(JsonWebToken token) {
        return token.getExp() != null && token.getExp() != 0 && token.isActive(SKEW_SECONDS);
    }

    private boolean isSigned(Contract contract, JWSInput jws) {
        Issuer issuer = Objects.requireNonNull(contract.issuer(), "the contract was found by its issuer");
        String algorithm = ServiceAccountTokens.algorithm(jws.getHeader());
        if (algorithm == null || !ALGORITHMS.contains(algorithm)) {
            return false;
        }
        String place = "keyledger::" + realm.getId() + "::" + contract.name() + "::" + issuer.jwksUrl();
        KeyWrapper key = session.getProvider(PublicKeyStorageProvider.class)
                .getPublicKey(place, jws.getHeader().getKeyId(), algorithm, () -> load(issuer));
        if (key == null) {
            LOGGER.warnf(
                    "connection %s: the key set at %s has no key %s for %s",
                    contract.name(), issuer.jwksUrl(), jws.getHeader().getKeyId(), algorithm);
            return false;
        }
        try {
            return session.getProvider(SignatureProvider.class, algorithm)
                    .verifier(key)
                    .verify(jws.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8), jws.getSignature());
        } catch (VerificationException e) {
            LOGGER.debugf(e, "connection %s: a token whose signature cannot be verified", contract.name());
            return false;
        }
    }

    /** Keycloak's own reader of key sets takes a type that it has deprecated, and there is no other. */
    @SuppressWarnings("deprecation")
    private PublicKeysWrapper load(Issuer issuer) throws Exception {
        return JWKSUtils.getKeyWrappersForUse(
                JWKSHttpUtils.sendJwksRequest(session, issuer.jwksUrl()), JWK.Use.SIG, true);
    }
}
