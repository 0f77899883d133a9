package dev.keyledger.scim.keycloak.contract;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever else issues access tokens for a connection. All four have to be there, and a token has to match them all.
 *
 * @param issuer   the token's {@code iss}
 * @param audience what has to be among its {@code aud}
 * @param subject  its {@code sub}: an issuer has more clients than one
 * @param jwksUrl  where its public keys are; {@code https}, or {@code http} on this very machine
 */
public record Issuer(String issuer, String audience, String subject, String jwksUrl) {
    private static final int MAX_TEXT = 2000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Refuses, with {@link IllegalArgumentException}, what lacks a part. */
    public Issuer {
        requireText("issuer", issuer);
        requireText("audience", audience);
        requireText("subject", subject);
        requireText("jwksUrl", jwksUrl);
        if (!isSafe(jwksUrl)) {
            throw new IllegalArgumentException(
                    "issuer.jwksUrl is \"" + jwksUrl + "\", want a https URL, or http on localhost");
        }
    }

    private static boolean isSafe(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            return host != null
                    && uri.getUserInfo() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void requireText(String member, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("issuer." + member + " is missing or too long");
        }
    }
}
