package dev.keyledger.audit.health;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Witnesses;
import dev.keyledger.audit.storage.IntegrityRows;
import dev.keyledger.audit.witness.FileWitness;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.Supplier;

/** The log's meters, from what this node last saw; a scrape costs the database nothing. */
public final class AuditMetrics {
    private static final double MILLIS = 1_000;

    private final AuditRuntime runtime;

    public AuditMetrics(AuditRuntime runtime) {
        this.runtime = runtime;
    }

    /** Registers all meters. */
    public void register(MeterRegistry registry) {
        gauge(
                registry,
                "logs.halted",
                "Logs that are halted",
                () -> counts().halted().size());
        gauge(registry, "findings", "Things found that are not as they were written", () -> counts().findings());
        gauge(registry, "quarantined", "Staged rows that were set aside", () -> counts().quarantined());
        gauge(registry, "staged", "Entries that wait to be sealed", () -> counts().staged());
        gauge(
                registry,
                "lag.seconds",
                "Age of the oldest entry that waits",
                () -> runtime.integrity().lag() / MILLIS);
        gauge(
                registry,
                "verified.time.seconds",
                "Epoch time at which the log that waits longest was verified",
                () -> runtime.integrity().oldestVerified() / MILLIS);
        gauge(registry, "witness.down", "1 when the witness cannot be read or written", this::witnessDown);
        gauge(
                registry,
                "witness.quorum.lag.seconds",
                "For how long the oldest signed checkpoint has been waiting for a quorum of its witnesses",
                () -> quorum(state -> state.lag() / MILLIS));
        gauge(
                registry,
                "witness.quorum.overdue",
                "Logs that have had no quorum of their witnesses for too long",
                () -> quorum(state -> state.overdue().size()));
        FunctionCounter.builder("keyledger.audit.witness.errors", runtime, AuditMetrics::witnessErrors)
                .description("How often the witness could not be read or written")
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String what, Supplier<Number> value) {
        Gauge.builder("keyledger.audit." + name, value)
                .description(what)
                .strongReference(true)
                .register(registry);
    }

    private IntegrityRows.Counts counts() {
        return runtime.integrity().counts();
    }

    private int witnessDown() {
        boolean well = runtime.witness()
                .map(FileWitness::health)
                .map(FileWitness.Health::isWell)
                .orElse(true);
        return well ? 0 : 1;
    }

    private Number quorum(Function<Witnesses.QuorumState, Number> value) {
        return runtime.witnesses().map(Witnesses::state).map(value).orElse(0);
    }

    private static double witnessErrors(AuditRuntime runtime) {
        return runtime.witness()
                .map(FileWitness::health)
                .map(FileWitness.Health::errors)
                .orElse(0L);
    }
}
