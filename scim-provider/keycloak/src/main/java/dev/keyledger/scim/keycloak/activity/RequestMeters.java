package dev.keyledger.scim.keycloak.activity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meter {@code keyledger.scim.requests}: requests by realm, connection, method and status. One of no connection that is
 * known has the connection {@code none}.
 */
public final class RequestMeters {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    /** Meters in that registry; without metrics in the server it has nowhere to keep them, and counts nothing. */
    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts a request; {@code connection} is empty for none. */
    public void count(String realm, String connection, String method, int status) {
        Counter.builder("keyledger.scim.requests")
                .description("SCIM requests that were answered")
                .tag("realm", realm)
                .tag("connection", connection.isEmpty() ? NONE : connection)
                .tag("method", method)
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }
}
