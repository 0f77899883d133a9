package dev.keyledger.audit.retention;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Archives, in the background, what has become a whole unit of any log. */
public final class ArchiveTask {
    /** The operation of the entry that tells of an archive. */
    public static final String OPERATION = "ARCHIVE";

    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final AuditRuntime runtime;
    private final Archiver archiver;
    private final Rounds rounds;

    public ArchiveTask(AuditRuntime runtime, Path folder) {
        this.runtime = runtime;
        this.archiver = new Archiver(folder, runtime.transactions(), runtime.clock());
        this.rounds = new Rounds("keyledger-archive", this::round, () -> PAUSE);
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
            for (LogHeads.Found log : new LogHeads(runtime.transactions()).all()) {
                if (!rounds.isStopped() && log.head().signedSize() >= Archiver.UNIT) {
                    LogEpoch epoch = log.epoch();
                    archiver.run(epoch, facts -> runtime.recorder().recordOfLog(epoch.realmId(), OPERATION, facts));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.error("AUDIT ALARM: Keyledger could not archive, and tries again", e);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger could not archive, and tries again", e);
        }
    }
}
