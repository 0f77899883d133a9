package dev.keyledger.audit.sequence;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.PendingLogs;
import dev.keyledger.audit.storage.StagedParts;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.sequence.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Visits, in every interval, the logs that have something to do. What a crash leaves behind is found by the next round,
 * of this node or another: recovery is the ordinary path. Each log is driven by one thread at a time, several logs side by
 * side.
 */
public final class SequencerTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    /**
     * In the first round and every so many, idle logs are visited too, so that a head that went back is noticed without
     * new entries.
     */
    private static final int ALL_LOGS_ROUND = 60;

    /** Each takes a connection of Keycloak's pool while it seals, which requests want too. */
    private static final int MOST_LANES = 4;

    private final AuditRuntime runtime;
    private final PendingLogs pending;
    private final @Nullable OutsideComparison outside;
    private final Map<String, Log<StagedParts>> logs = new ConcurrentHashMap<>();
    private final Lanes lanes =
            new Lanes(Math.max(2, Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors())));
    private final Rounds rounds;
    private int round;

    public SequencerTask(AuditRuntime runtime, Duration interval) {
        this.runtime = runtime;
        this.pending = new PendingLogs(runtime.transactions());
        this.outside = runtime.witness()
                .map(witness -> new OutsideComparison(runtime, witness))
                .orElse(null);
        this.rounds = new Rounds("keyledger-sequencer", this::round, () -> interval);
    }

    public void start() {
        rounds.start();
    }

    /** Waits until the round is over. */
    public void stop() {
        rounds.stop();
    }

    private void round() {
        try {
            runtime.refreshPolicies();
            runtime.recordGaps();
            runtime.keepKeysUp();
            visit(round++ % ALL_LOGS_ROUND == 0);
        } catch (KeysUnavailableException e) {
            LOG.debug("Keyledger's sequencer waits for its keys", e);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: entries stay staged, the next round tries again.
            LOG.error("Keyledger's sequencer failed, and tries again", e);
        }
    }

    private void visit(boolean all) {
        Set<String> due = new TreeSet<>(pending.find());
        // What is known outside is read before anything is signed.
        if (all || !due.isEmpty()) {
            runtime.witness().ifPresent(FileWitness::refresh);
        }
        if (all) {
            runtime.directory().forgetEpochs();
            compareWithOutside();
            due.addAll(logs.keySet());
        }
        lanes.drive(due, logId -> drive(logId, Log::run));
        runtime.witness().ifPresent(FileWitness::flush);
    }

    /** Before a log is driven for the first time by this node, and then again and again. */
    private void compareWithOutside() {
        OutsideComparison comparison = outside;
        if (comparison != null) {
            comparison.differing().forEach(logId -> drive(logId, Log::catchUp));
        }
    }

    /** One log must not keep the others from being sequenced. */
    private void drive(String logId, Consumer<Log<StagedParts>> step) {
        try {
            step.accept(logs.computeIfAbsent(logId, runtime::log));
        } catch (KeysUnavailableException e) {
            LOG.debugf(e, "Keyledger waits for the keys of log %s", logId);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Keyledger could not sequence log %s, and tries again", logId);
        }
    }
}
