package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.message.ServiceProviderConfig;
import java.time.Duration;
import org.keycloak.Config;

/**
 * What an operator may set of the provider, as {@code --spi-realm-restapi-extension--scim--max-results=200}.
 *
 * @param maxBodyBytes the largest request body that is read
 * @param maxResults   the most resources in one page, and how many there are when the client does not say
 * @param bulk         the limits of a Bulk: its operations and its bytes
 * @param queryTimeout after how long a query of a search is given up
 * @param refusalQuiet after how long without another one, refusals of one kind are over, and their number is recorded
 * @param deletionInterval how often the users are deleted whose days after their deletion are over
 */
public record ScimSettings(
        int maxBodyBytes,
        int maxResults,
        ServiceProviderConfig.Bulk bulk,
        Duration queryTimeout,
        Duration refusalQuiet,
        Duration deletionInterval) {
    private static final int DEFAULT_QUERY_SECONDS = 20;
    private static final int DEFAULT_QUIET_SECONDS = 60;
    private static final int DEFAULT_DELETION_SECONDS = 3600;
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
        requireAtLeast("query-timeout-seconds", Math.toIntExact(queryTimeout.toSeconds()), 1);
        requireAtLeast("refusal-quiet-seconds", Math.toIntExact(refusalQuiet.toSeconds()), 1);
        requireAtLeast("deletion-interval-seconds", Math.toIntExact(deletionInterval.toSeconds()), 1);
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
                        config.getInt("maxBulkBytes", DEFAULT_BULK_BYTES)),
                Duration.ofSeconds(config.getInt("queryTimeoutSeconds", DEFAULT_QUERY_SECONDS)),
                Duration.ofSeconds(config.getInt("refusalQuietSeconds", DEFAULT_QUIET_SECONDS)),
                Duration.ofSeconds(config.getInt("deletionIntervalSeconds", DEFAULT_DELETION_SECONDS)));
    }
}
