package dev.keyledger.scim.keycloak.endpoint;

import org.keycloak.Config;

/**
 * What an operator may set of the provider, as {@code --spi-realm-restapi-extension--scim--max-results=200}.
 *
 * @param maxBodyBytes the largest request body that is read
 * @param maxResults   the most resources in one page, and how many there are when the client does not say
 */
public record ScimSettings(int maxBodyBytes, int maxResults) {
    private static final int MIN_BODY_BYTES = 1024;
    private static final int DEFAULT_BODY_BYTES = 1024 * 1024;
    private static final int DEFAULT_RESULTS = 200;

    /** Refuses limits that no request could meet. */
    public ScimSettings {
        if (maxBodyBytes < MIN_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "max-body-bytes is " + maxBodyBytes + ", want at least " + MIN_BODY_BYTES);
        }
        if (maxResults < 1) {
            throw new IllegalArgumentException("max-results is " + maxResults + ", want at least 1");
        }
    }

    /** The settings in the provider's part of Keycloak's configuration. */
    public static ScimSettings of(Config.Scope config) {
        return new ScimSettings(
                config.getInt("maxBodyBytes", DEFAULT_BODY_BYTES), config.getInt("maxResults", DEFAULT_RESULTS));
    }
}
