package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.activity.Activity;
import dev.keyledger.scim.keycloak.activity.RequestMeters;
import dev.keyledger.scim.keycloak.connection.RateLimiter;
import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the requests of one server share. Thread-safe.
 *
 * @param settings  the limits
 * @param schemas   those of the realms
 * @param contracts those of the realms
 * @param limiter   counts the requests of connections
 * @param activity  counts what was asked, for administrators to see
 * @param meters    counts it for the operator
 * @param refusals  keeps floods of refusals out of the log
 * @param invitations sends mails to new users
 * @param clock     the time
 */
public record ScimServer(
        ScimSettings settings,
        RealmSchemas schemas,
        Contracts contracts,
        RateLimiter limiter,
        Activity activity,
        RequestMeters meters,
        RepeatedRefusals refusals,
        Invitations invitations,
        InstantSource clock) {
    private static final Duration MAILS_AT_THE_END = Duration.ofSeconds(5);

    /** The server with these settings. */
    public ScimServer(ScimSettings settings, InstantSource clock) {
        this(
                settings,
                new RealmSchemas(),
                new Contracts(),
                new RateLimiter(clock),
                new Activity(clock),
                new RequestMeters(Metrics.globalRegistry),
                new RepeatedRefusals(clock, settings.refusalQuiet()),
                new Invitations(MAILS_AT_THE_END),
                clock);
    }
}
