package dev.keyledger.audit.retention;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Archives, in the background, what has become a whole unit of any log, and asks the store in every round whether it would
 * take one: that it does not is to be known before there is anything to archive. Every node runs one; a claim decides which
 * of them does which log.
 */
public final class ArchiveTask {
    /** The operation of the entry that tells of an archive. */
    public static final String OPERATION = "ARCHIVE";

    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    private final AuditRuntime runtime;
    private final Archiver archiver;
    private final Errand errand;
    private final Rounds rounds;

    // How often in a row; seen by the task's own thread alone.
    private int failures;

    public ArchiveTask(AuditRuntime runtime, Archiver archiver, Errand errand) {
        this.runtime = runtime;
        this.errand = errand;
        this.archiver = archiver;
        this.rounds = new Rounds("keyledger-archive", this::round, () -> pause(failures));
    }

    /** Twice as long after each failure: what a store has taken before it failed stays in it, and nothing knows of it. */
    static Duration pause(int failures) {
        Duration pause = PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
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
            List<LogHeads.Found> logs = new LogHeads(runtime.transactions()).all();
            errand.show(archiver.waiting(logs));
            archiver.check();
            for (LogHeads.Found log : logs) {
                if (!rounds.isStopped() && archiver.waiting(List.of(log)).entries() > 0) {
                    LogEpoch epoch = log.epoch();
                    archiver.runAlone(
                            epoch, facts -> runtime.recorder().recordOfLog(epoch.realmId(), OPERATION, facts));
                }
            }
            failures = 0;
            errand.succeeded();
            errand.show(archiver.waiting(logs));
        } catch (IOException | UncheckedIOException e) {
            failed(e);
            LOG.error("AUDIT ALARM: Keyledger could not archive, and tries again", e);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            failed(e);
            LOG.error("Keyledger could not archive, and tries again", e);
        }
    }

    private void failed(Exception e) {
        failures++;
        errand.failed(String.valueOf(e.getMessage()));
    }
}
