package dev.keyledger.audit.health;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.runtime.IntegrityState;
import dev.keyledger.audit.storage.IntegrityRows;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.witness.FileWitness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.KeycloakApplication;

/** What both checks tell. It is DOWN when somebody has to look; the database is not asked. */
final class AuditHealth {
    static final String NAME = "Keyledger audit log";

    /** Staged entries wait for a second; what waits so long is not sealed by anybody. */
    private static final Duration MAX_LAG = Duration.ofMinutes(2);

    private static final int MAX_NAMED = 10;

    private AuditHealth() {}

    /** Who keeps the runtime; empty while the server starts, or when the listener is disabled. */
    static Optional<AuditRuntime.Holder> holder() {
        KeycloakSessionFactory factory = KeycloakApplication.getSessionFactory();
        return factory != null
                        && factory.getProviderFactory(EventListenerProvider.class, AuditRuntime.Holder.ID)
                                instanceof AuditRuntime.Holder holder
                        && holder.isStarted()
                ? Optional.of(holder)
                : Optional.empty();
    }

    static boolean isWell(AuditRuntime.Holder holder) {
        AuditRuntime runtime = holder.runtime();
        IntegrityRows.Counts counts = runtime.integrity().counts();
        boolean remembered = runtime.witness()
                .map(FileWitness::health)
                .map(FileWitness.Health::isWell)
                .orElse(true);
        long now = runtime.clock().millis();
        // A realm's webhooks are its admins' affair: metrics and the log tell of them.
        boolean told = runtime.sinks().stream()
                .filter(SinkStatus::isOfServer)
                .noneMatch(sink -> sink.hasFailedFor(holder.sinks().alarm(), now));
        return remembered
                && overdue(runtime) == 0
                && runtime.archiving().filter(Errand::isAlarming).isEmpty()
                && runtime.stamping().filter(Errand::isAlarming).isEmpty()
                && told
                && runtime.integrity().keyProblem() == null
                && counts.halted().isEmpty()
                && counts.findings() == 0
                && counts.quarantined() == 0
                && runtime.integrity().lag() <= MAX_LAG.toMillis();
    }

    /** Logs that have had no quorum of their witnesses for too long. */
    private static int overdue(AuditRuntime runtime) {
        return runtime.witnesses()
                .map(witnesses -> witnesses.state().overdue().size())
                .orElse(0);
    }

    static HealthCheckResponseBuilder describe(AuditRuntime runtime) {
        IntegrityState state = runtime.integrity();
        IntegrityRows.Counts counts = state.counts();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME)
                .withData("halted", counts.halted().size())
                .withData("findings", counts.findings())
                .withData("quarantined", counts.quarantined())
                .withData("staged", counts.staged())
                .withData("lagMillis", state.lag());
        String keyProblem = state.keyProblem();
        if (keyProblem != null) {
            response.withData("keyProblem", keyProblem);
        }
        if (!counts.halted().isEmpty()) {
            response.withData(
                    "haltedLogs",
                    counts.halted().stream()
                            .limit(MAX_NAMED)
                            .map(log -> log.origin() + ": " + log.reason())
                            .collect(Collectors.joining("; ")));
        }
        if (state.oldestVerified() > 0) {
            response.withData(
                    "verified", Instant.ofEpochMilli(state.oldestVerified()).toString());
        }
        runtime.sinks().stream()
                .filter(SinkStatus::isOfServer)
                .forEach(sink -> response.withData(
                        "sink." + sink.name(),
                        sink.behind() + " entries behind"
                                + (sink.failingSince() == null ? "" : ", failing: " + sink.lastError())));
        runtime.witness().map(FileWitness::health).ifPresent(witness -> {
            String error = witness.error();
            response.withData("witness", error == null ? "remembers" : error);
        });
        runtime.archiving()
                .ifPresent(
                        errand -> response.withData("archives", errand.error().orElse("are kept")));
        runtime.stamping()
                .ifPresent(
                        errand -> response.withData("timeStamps", errand.error().orElse("are made")));
        runtime.witnesses()
                .ifPresent(witnesses -> response.withData("withoutQuorum", overdue(runtime))
                        .withData("witnessesUnreachable", witnesses.unreachable()));
        return response;
    }
}
