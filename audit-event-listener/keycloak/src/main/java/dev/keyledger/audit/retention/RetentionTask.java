package dev.keyledger.audit.retention;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.RetentionState;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.verify.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Prunes, in the background, what is due, and tells of what keeps it from doing so: a policy that somebody else has
 * written, an archive that is not what it was, a sink that has lagged for more than a day. Every node runs one; a
 * claim decides which of them prunes which log.
 */
public final class RetentionTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final AuditRuntime runtime;
    private final Verifications verifications;
    private final Consumer<RetentionState> shown;
    private final Rounds rounds;

    // Seen by the task's own thread alone.
    private final Set<String> blocked = new HashSet<>();
    private long deleted;

    public RetentionTask(AuditRuntime runtime, Consumer<RetentionState> shown) {
        this.runtime = runtime;
        this.shown = shown;
        this.verifications = new Verifications(runtime.transactions());
        this.rounds = new Rounds("keyledger-retention", this::round, () -> PAUSE);
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
            Set<String> forged = new HashSet<>();
            Set<String> now = new HashSet<>();
            Map<String, Long> minIndex = new HashMap<>();
            int failing = 0;
            for (LogHeads.Found log : new LogHeads(runtime.transactions()).all()) {
                if (rounds.isStopped()) {
                    return;
                }
                Retention retention = new Retention(runtime, log.epoch());
                failing += prune(log.epoch(), retention, forged, now) ? 0 : 1;
                long min = retention.minIndex();
                if (min > 0) {
                    minIndex.put(log.epoch().logId(), min);
                }
            }
            verifications.settle(
                    Verifications.RETENTION,
                    found -> forged.contains(found.message()),
                    runtime.clock().millis());
            blocked.retainAll(now);
            shown.accept(new RetentionState(minIndex, deleted, blocked.size(), failing));
        } catch (KeysUnavailableException e) {
            LOG.debug("Keyledger cannot prune without its keys", e);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger could not prune, and tries again", e);
        }
    }

    /** Whether it went well; one log must not keep the others from it. */
    private boolean prune(LogEpoch log, Retention retention, Set<String> forged, Set<String> now) {
        try {
            RetentionPolicy policy = retention.policy().orElse(null);
            if (policy == null) {
                forged.add(alarmOfForged(log));
                return false;
            }
            deleted += retention.prune(runtime.ownEntries()).stream()
                    .flatMap(List::stream)
                    .mapToLong(Pruner.Done::deleted)
                    .sum();
            if (retention
                    .pruner()
                    .filter(pruner -> pruner.isBlockedBySink(log, policy, PATIENCE))
                    .isPresent()) {
                now.add(log.logId());
                alarmOfSink(log);
            }
            return true;
        } catch (KeysUnavailableException e) {
            throw e;
        } catch (IOException | VerificationException | RuntimeException e) {
            // The outermost boundary of this log: a collision with another node, too, is over in the next round.
            LOG.errorf(e, "AUDIT ALARM: Keyledger could not prune log %s, and tries again", log.logId());
            return false;
        }
    }

    private void alarmOfSink(LogEpoch log) {
        if (blocked.add(log.logId())) {
            LOG.errorf(
                    "AUDIT ALARM: log %s: what should have been pruned for more than a day is kept, because a sink has not"
                            + " been told it",
                    log.logId());
        }
    }

    private String alarmOfForged(LogEpoch log) {
        String message = "the retention policy of realm " + log.realmId()
                + " in AUDIT_RETENTION is not what the log says was decided; nothing of the realm is pruned until it is"
                + " given one again";
        Finding finding = new Finding(Finding.Status.FAIL, Verifications.RETENTION, message, null);
        for (Finding fresh :
                verifications.add(log.logId(), List.of(finding), runtime.clock().millis())) {
            LOG.errorf("AUDIT ALARM: %s", message);
            runtime.recorder()
                    .recordOfLog(
                            log.realmId(),
                            "INTEGRITY_ALARM",
                            Map.of("log", log.origin(), "check", fresh.check(), "finding", fresh.message()));
        }
        return message;
    }
}
