package dev.keyledger.audit.integrity;

import dev.keyledger.audit.capture.PolicyState;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.IntegrityState;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.IntegrityRows;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.log.verify.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Verifies, in the background, the logs that are due, tells of rows of the stage that were set aside, and keeps the
 * state that health and metrics show. Every node runs one; claims decide which of them verifies which log.
 */
public final class IntegrityTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final int MAX_QUARANTINED = 200;

    private final AuditRuntime runtime;
    private final VerificationSettings settings;
    private final LogVerification verification;
    private final Verifications verifications;
    private final Rounds rounds;

    public IntegrityTask(AuditRuntime runtime, VerificationSettings settings, RandomGenerator random) {
        this.runtime = runtime;
        this.settings = settings;
        this.rounds = new Rounds("keyledger-integrity", this::round, this::pause);
        this.verification = new LogVerification(runtime, random, rounds::isStopped);
        this.verifications = new Verifications(runtime.transactions());
    }

    public void start() {
        rounds.start();
    }

    /** Waits until what is being verified has come to a point where it can end. */
    public void stop() {
        rounds.stop();
    }

    private void round() {
        try {
            quarantined();
            try {
                policies();
            } catch (KeysUnavailableException e) {
                LOG.debug("Keyledger cannot check capture policies without its keys", e);
            }
            publish();
            verifyWhatIsDue();
            publish();
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger's verification failed, and tries again", e);
        }
    }

    private void quarantined() {
        List<Verifications.Found> all = verifications.quarantined(MAX_QUARANTINED);
        if (all.size() < MAX_QUARANTINED) {
            verifications.settle(all, runtime.clock().millis());
        }
        Map<String, List<Verifications.Found>> rows =
                all.stream().collect(Collectors.groupingBy(Verifications.Found::logId));
        rows.forEach((logId, found) -> {
            String origin = runtime.origin(logId);
            LogEpoch log = new LogEpoch(runtime.directory().realm(logId), logId, LogEpoch.number(origin), origin);
            verification.found(
                    log,
                    "FORGED_STAGE",
                    found.stream()
                            .map(row -> new Finding(Finding.Status.FAIL, row.check(), row.message(), null))
                            .toList());
        });
    }

    /**
     * Tells of realms whose capture policy somebody else wrote or removed. It stands until the realm has one again that is
     * followed; of a realm that does not exist, until its row is gone.
     */
    private void policies() {
        PolicyState state = runtime.refreshPolicies();
        Set<String> forged =
                state.forged().stream().map(IntegrityTask::forgedPolicy).collect(Collectors.toSet());
        Set<String> followed =
                state.followed().stream().map(IntegrityTask::forgedPolicy).collect(Collectors.toSet());
        for (String realmId : state.forged()) {
            LogEpoch log = runtime.directory().epochs(realmId).stream()
                    .findFirst()
                    .orElseGet(() -> runtime.directory().epochs(serverLog()).get(0));
            verification.found(
                    log,
                    "INTEGRITY_ALARM",
                    List.of(new Finding(Finding.Status.FAIL, Verifications.POLICY, forgedPolicy(realmId), null)));
        }
        verifications.settle(
                Verifications.POLICY,
                found -> forged.contains(found.message())
                        || (!followed.contains(found.message())
                                && !runtime.directory().realm(found.logId()).equals(LogDirectory.SERVER)),
                runtime.clock().millis());
    }

    /** The id of the server's log, which exists after this call. */
    private String serverLog() {
        return runtime.directory().realm(LogDirectory.SERVER);
    }

    private static String forgedPolicy(String realmId) {
        return "the capture policy of realm " + realmId
                + " in AUDIT_POLICY was changed or removed, and not by this server;"
                + " everything is recorded until the realm is given a policy again";
    }

    private void verifyWhatIsDue() {
        Map<String, Verifications.Times> times = verifications.times();
        for (LogHeads.Found log : new LogHeads(runtime.transactions()).all()) {
            if (rounds.isStopped() || log.head().signedSize() == 0) {
                continue;
            }
            Verifications.Times last = times.getOrDefault(log.epoch().logId(), new Verifications.Times(0, 0, 0));
            if (isDue(last.verified(), settings.everything())) {
                verification.everything(log.epoch(), settings.rate());
            } else if (isDue(last.sampled(), settings.sample())) {
                verification.sample(log.epoch(), settings.rate());
            }
        }
    }

    private boolean isDue(long last, Duration interval) {
        return !interval.isZero()
                && last + interval.toMillis() <= runtime.clock().millis();
    }

    private void publish() {
        long oldest = verifications.times().values().stream()
                .mapToLong(Verifications.Times::verified)
                .min()
                .orElse(0);
        runtime.publish(new IntegrityState(
                new IntegrityRows(runtime.transactions()).read(),
                oldest,
                runtime.clock().millis()));
    }

    private Duration pause() {
        long wait = LONGEST_WAIT.toMillis();
        for (Duration interval : List.of(settings.everything(), settings.sample())) {
            wait = interval.isZero() ? wait : Math.min(wait, interval.toMillis());
        }
        return Duration.ofMillis(Math.max(SHORTEST_WAIT.toMillis(), wait));
    }
}
