package dev.keyledger.audit.cosign;

import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.runtime.Witnesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks each witness in a thread of its own, again and again, and looks in another whether the quorum is met. Sealing and
 * signing do not wait for any of them.
 */
public final class CosignTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final List<Rounds> rounds = new ArrayList<>();

    /** @param interval between two rounds */
    public CosignTask(Witnesses witnesses, Duration interval) {
        witnesses
                .rounds()
                .forEach((name, round) ->
                        rounds.add(new Rounds("keyledger-witness-" + name, guarded(round), () -> interval)));
        rounds.add(new Rounds("keyledger-quorum", guarded(witnesses::look), () -> interval));
    }

    public void start() {
        rounds.forEach(Rounds::start);
    }

    /** Waits until no round is under way, some seconds at most. */
    public void stop() {
        rounds.forEach(Rounds::stop);
    }

    private static Runnable guarded(Runnable round) {
        return () -> {
            try {
                round.run();
            } catch (RuntimeException e) {
                // The outermost boundary of the thread: the next round tries again.
                LOG.error("Keyledger could not ask a witness, and tries again", e);
            }
        };
    }
}
