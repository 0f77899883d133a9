package dev.keyledger.audit.runtime;

import dev.keyledger.audit.privacy.RefusedException;
import dev.keyledger.audit.privacy.SubjectErasure;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Goes on, in the background, with the erasures that the end of a node has broken off. Every node runs one. */
public final class UnfinishedErasures {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final AuditRuntime runtime;
    private final Rounds rounds;

    public UnfinishedErasures(AuditRuntime runtime) {
        this.runtime = runtime;
        this.rounds = new Rounds("keyledger-erasures", this::round, () -> PAUSE);
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
            for (String realmId : SubjectErasure.abandoned(runtime.transactions(), runtime.clock())) {
                resume(realmId);
            }
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger could not look for erasures that were broken off, and tries again", e);
        }
    }

    /** One realm must not keep the others from it. */
    private void resume(String realmId) {
        try {
            int done = runtime.privacy(realmId).erasure().resume(runtime.ownEntries());
            if (done > 0) {
                LOG.infof("erasures of realm %s that were broken off are done: %d", realmId, done);
            }
        } catch (KeysUnavailableException e) {
            LOG.debug("Keyledger cannot go on with an erasure without its keys", e);
        } catch (RefusedException e) {
            LOG.errorf("an erasure of realm %s that was broken off was given up: %s", realmId, e.getMessage());
        } catch (RuntimeException e) {
            // The outermost boundary of this realm.
            LOG.errorf(
                    e, "AUDIT ALARM: Keyledger could not go on with an erasure of realm %s, and tries again", realmId);
        }
    }
}
