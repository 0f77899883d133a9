package dev.keyledger.audit.health;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.runtime.RetentionState;
import dev.keyledger.audit.runtime.Witnesses;
import dev.keyledger.audit.storage.IntegrityRows;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.witness.FileWitness;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The log's meters, from what this node last saw; a scrape costs the database nothing. */
public final class AuditMetrics {
    private static final double MILLIS = 1_000;

    private final AuditRuntime runtime;
    private final MeterRegistry registry;
    private final MultiGauge sinkLag;
    private final MultiGauge sinkBehind;
    private final MultiGauge sinkFailing;
    private final MultiGauge sinkFailures;
    private final MultiGauge minIndex;
    private volatile RetentionState retention = RetentionState.UNKNOWN;

    public AuditMetrics(AuditRuntime runtime, MeterRegistry registry) {
        this.runtime = runtime;
        this.registry = registry;
        this.sinkLag = sinks("lag.seconds", "Age of the oldest signed entry that a sink was not told");
        this.sinkBehind = sinks("behind", "Signed entries that a sink was not told");
        this.sinkFailing = sinks("failing.seconds", "For how long a sink has been failing");
        this.sinkFailures = sinks("failures", "Failures of a sink since its last success");
        this.minIndex = MultiGauge.builder("keyledger.audit.min.index")
                .description("Index below which a log's entries were pruned from the database")
                .register(registry);
    }

    /** Registers all other meters. */
    public void register() {
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
        gauge(registry, "unsigned", "Sealed entries that are not signed yet", () -> counts().unsigned());
        gauge(registry, "entries", "Signed entries of all logs", () -> counts().signed());
        gauge(registry, "gaps", "Entries that tell of missing ones", () -> counts().gaps());
        gauge(
                registry,
                "keys.unavailable",
                "1 when a key that this node records or signs with is not to be had",
                () -> runtime.integrity().keyProblem() == null ? 0 : 1);
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
        errand("archive", runtime::archiving, "Archives");
        errand("timestamp", runtime::stamping, "Time stamps");
        runtime.witnesses().ifPresent(this::witnesses);
        gauge(
                registry,
                "prune.blocked.sink",
                "Logs that could not be pruned for more than a day, because a sink lags",
                () -> retention.blockedBySink());
        gauge(
                registry,
                "prune.failing",
                "Logs that cannot be pruned: an archive, the policy or the log is not what it was",
                () -> retention.failing());
        FunctionCounter.builder("keyledger.audit.pruned", this, metrics -> metrics.retention.deleted())
                .description("Entries that this node has pruned from the database")
                .register(registry);
        FunctionCounter.builder("keyledger.audit.witness.errors", runtime, AuditMetrics::witnessErrors)
                .description("How often the witness could not be read or written")
                .register(registry);
    }

    /** Shows how the sinks are. A webhook is told by its name and its realm's id. */
    public void show(List<SinkStatus> sinks) {
        long now = runtime.clock().millis();
        show(sinkLag, sinks, sink -> sink.lagSeconds(now));
        show(sinkBehind, sinks, SinkStatus::behind);
        show(sinkFailing, sinks, sink -> sink.failingSeconds(now));
        show(sinkFailures, sinks, sink -> (long) sink.failures());
    }

    /** Shows how pruning is. A log is told by its id. */
    public void show(RetentionState state) {
        retention = state;
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        state.minIndex().forEach((log, index) -> rows.add(MultiGauge.Row.of(Tags.of("log", log), index)));
        minIndex.register(rows, true);
    }

    private static void show(MultiGauge gauge, List<SinkStatus> sinks, ToLongFunction<SinkStatus> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (SinkStatus sink : sinks) {
            rows.add(MultiGauge.Row.of(Tags.of("sink", sink.name(), "realm", sink.realmId()), value.applyAsLong(sink)));
        }
        gauge.register(rows, true);
    }

    /** What this node has others do; all 0 when it does not. */
    private void errand(String name, Supplier<Optional<Errand>> errand, String what) {
        errand(
                name + ".failing.seconds",
                what + ": for how long every attempt has failed",
                errand,
                Errand::failingSeconds);
        errand(
                name + ".overdue",
                what + ": 1 when they have failed for too long",
                errand,
                each -> each.isAlarming() ? 1 : 0);
        errand(
                name + ".waiting",
                what + ": signed entries that they do not cover yet",
                errand,
                each -> each.waiting().entries());
        errand(
                name + ".lag.seconds",
                what + ": for how long the oldest of those entries has been waiting",
                errand,
                Errand::waitingSeconds);
        FunctionCounter.builder(
                        "keyledger.audit." + name + ".errors",
                        errand,
                        each -> each.get().map(Errand::failures).orElse(0L))
                .description(what + ": attempts that failed")
                .register(registry);
    }

    private void errand(String name, String what, Supplier<Optional<Errand>> errand, Function<Errand, Number> value) {
        gauge(registry, name, what, () -> errand.get().map(value).orElse(0));
    }

    /** A witness is told by its name in the policy. */
    private void witnesses(Witnesses witnesses) {
        for (Witnesses.Standing each : witnesses.standings()) {
            witness(
                    "behind",
                    "Signed entries that a witness has not cosigned",
                    witnesses,
                    each,
                    Witnesses.Standing::behind);
            witness("refused", "Logs that a witness does not cosign", witnesses, each, Witnesses.Standing::refused);
            witness(
                    "failing.seconds",
                    "For how long a witness has not been to be had, or has refused a log",
                    witnesses,
                    each,
                    standing -> standing.failing() / MILLIS);
        }
    }

    private void witness(
            String name,
            String what,
            Witnesses witnesses,
            Witnesses.Standing which,
            Function<Witnesses.Standing, Number> value) {
        gauge(
                registry,
                "witness." + name,
                what,
                Tags.of("witness", which.name()),
                () -> witnesses.standings().stream()
                        .filter(each -> each.name().equals(which.name()))
                        .map(value)
                        .findFirst()
                        .orElse(0));
    }

    private MultiGauge sinks(String name, String what) {
        return MultiGauge.builder("keyledger.audit.sink." + name)
                .description(what)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String what, Supplier<Number> value) {
        gauge(registry, name, what, Tags.empty(), value);
    }

    private static void gauge(MeterRegistry registry, String name, String what, Tags tags, Supplier<Number> value) {
        Gauge.builder("keyledger.audit." + name, value)
                .tags(tags)
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
