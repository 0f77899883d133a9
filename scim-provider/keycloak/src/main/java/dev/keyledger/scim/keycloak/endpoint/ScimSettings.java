package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.message.ServiceProviderConfig;
import org.keycloak.Config;

/**
 * What an operator may set of the provider, as {@code --spi-realm-restapi-extension--scim--max-results=200}.
 *
 * @param maxBodyBytes the largest request body that is read
 * @param maxResults   the most resources in one page, and how many there are when the client does not say
 * @param bulk         the limits of a Bulk: its operations and its bytes
 */
public record ScimSettings(int maxBodyBytes, int maxResults, ServiceProviderConfig.Bulk bulk) {
    private static final int MIN_BODY_BYTES = 1024;
    private static final int DEFAULT_BODY_BYTES = 1024 * 1024;
    private static final int DEFAULT_RESULTS = 200;
    private static final int DEFAULT_BULK_OPERATIONS = 1000;
    private static final int DEFAULT_BULK_BYTES = 4 * 1024 * 1024;

    /** Refuses limits that no request could meet. */
    public ScimSettings {
        requireAtLeast("max-body-bytes", maxBodyBytes, MIN_BODY_BYTES);
        requireAtLeast("max-results", maxResults, 1);
        requireAtLeast("max-bulk-operations", bulk.maxOperations(), 1);
        requireAtLeast("max-bulk-bytes", bulk.maxPayloadSize(), MIN_BODY_BYTES);
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(option + " is " + value + ", want at least " + least);
        }
    }

    /** The settings in the provider's part of Keycloak's configuration. */
    public static ScimSettings of(Config.Scope config) {
        return new ScimSettings(
                config.getInt("maxBodyBytes", DEFAULT_BODY_BYTES),
                config.getInt("maxResults", DEFAULT_RESULTS),
                new ServiceProviderConfig.Bulk(
                        config.getInt("maxBulkOperations", DEFAULT_BULK_OPERATIONS),
                        config.getInt("maxBulkBytes", DEFAULT_BULK_BYTES)));
    }
}
