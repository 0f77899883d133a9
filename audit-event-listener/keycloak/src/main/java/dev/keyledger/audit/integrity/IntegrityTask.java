package dev.keyledger.audit.integrity;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Verifications;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Verifies, in the background, the logs that are due, and beside it keeps a {@link Watch}, because a long log takes hours.
 * Every node runs one; claims decide which of them verifies which log.
 */
public final class IntegrityTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final AuditRuntime runtime;
    private final VerificationSettings settings;
    private final LogVerification verification;
    private final Verifications verifications;
    private final Rounds rounds;
    private final Rounds looks;

    public IntegrityTask(AuditRuntime runtime, VerificationSettings settings, RandomGenerator random) {
        this.runtime = runtime;
        this.settings = settings;
        this.rounds = new Rounds("keyledger-integrity", this::verify, this::pause);
        this.verification = new LogVerification(runtime, random, rounds::isStopped);
        this.looks = new Rounds("keyledger-watch", new Watch(runtime, verification)::look, this::pause);
        this.verifications = new Verifications(runtime.transactions());
    }

    public void start() {
        looks.start();
        rounds.start();
    }

    /** Waits until what is being verified has come to a point where it can end. */
    public void stop() {
        rounds.stop();
        looks.stop();
    }

    private void verify() {
        try {
            verifyWhatIsDue();
        } catch (KeysUnavailableException e) {
            LOG.debug("Keyledger cannot verify without its keys", e);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger's verification failed, and tries again", e);
        }
    }

    private void verifyWhatIsDue() {
        for (LogHeads.Found log : new LogHeads(runtime.transactions()).all()) {
            if (rounds.isStopped() || log.head().signedSize() == 0) {
                continue;
            }
            Verifications.Times last = verifications.own(log.epoch().logId(), runtime.keyRing());
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

    private Duration pause() {
        long wait = LONGEST_WAIT.toMillis();
        for (Duration interval : List.of(settings.everything(), settings.sample())) {
            wait = interval.isZero() ? wait : Math.min(wait, interval.toMillis());
        }
        return Duration.ofMillis(Math.max(SHORTEST_WAIT.toMillis(), wait));
    }
}
