package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.activity.Activity;
import dev.keyledger.scim.keycloak.connection.RateLimiter;
import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import java.time.InstantSource;

/**
 * What the requests of one server share. Thread-safe.
 *
 * @param settings  the limits
 * @param schemas   those of the realms
 * @param contracts those of the realms
 * @param limiter   counts the requests of connections
 * @param activity  counts what was asked, for administrators to see
 * @param clock     the time
 */
public record ScimServer(
        ScimSettings settings,
        RealmSchemas schemas,
        Contracts contracts,
        RateLimiter limiter,
        Activity activity,
        InstantSource clock) {
    /** The server with these settings. */
    public ScimServer(ScimSettings settings, InstantSource clock) {
        this(settings, new RealmSchemas(), new Contracts(), new RateLimiter(clock), new Activity(clock), clock);
    }
}
