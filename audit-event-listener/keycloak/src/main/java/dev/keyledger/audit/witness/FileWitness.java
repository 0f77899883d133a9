package dev.keyledger.audit.witness;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.sequence.OutsideMemory;
import dev.keyledger.log.witness.WitnessFiles;
import dev.keyledger.log.witness.WitnessRecord;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the checkpoints of all logs in {@link WitnessFiles}. A volume that cannot be written or read raises an alarm
 * once, not in each round, and everything else goes on; what could not be appended is {@link #owed} and appended when
 * the volume is back. Thread-safe.
 */
public final class FileWitness {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Path path;
    private final WitnessFiles files;
    private final InstantSource clock;
    private final Set<String> owed = new TreeSet<>();
    private @Nullable String error;
    private long errors;

    /**
     * @param path a file, or a folder in which this node has a file of its own
     * @param node names that file
     */
    public FileWitness(Path path, String node, InstantSource clock) {
        this(path, WitnessFiles.at(path, node, WitnessFiles.MAX_BYTES), clock);
    }

    FileWitness(Path path, WitnessFiles files, InstantSource clock) {
        this.path = path;
        this.files = files;
        this.clock = clock;
    }

    /**
     * How the witness is.
     *
     * @param error why it could not be read or written the last time; null when it could
     * @param errors how often it could not, since this node was started
     * @param owed logs whose newest checkpoint it lacks
     */
    public record Health(String path, @Nullable String error, long errors, int owed) {
        /** Whether it could be read and written the last time. */
        public boolean isWell() {
            return error == null;
        }
    }

    /** The memory of one log of a realm. */
    public OutsideMemory of(String realmId, String logId) {
        return new OutsideMemory() {
            @Override
            public List<Checkpoint> newest(String origin) {
                return files.newest(origin).stream()
                        .map(record -> record.checkpoint().checkpoint())
                        .toList();
            }

            @Override
            public void append(SignedCheckpoint checkpoint) {
                FileWitness.this.append(logId, new WitnessRecord(realmId, checkpoint, clock.millis()));
            }
        };
    }

    /** Reads what other nodes have appended. */
    public void refresh() {
        attempt("read", files::refresh);
    }

    /** All that is remembered, by origin. */
    public Map<String, List<WitnessRecord>> newest() {
        return files.newest();
    }

    /** The logs whose newest checkpoint could not be appended; they are to be driven again. */
    public synchronized Set<String> owed() {
        return new TreeSet<>(owed);
    }

    public synchronized Health health() {
        return new Health(path.toString(), error, errors, owed.size());
    }

    private void append(String logId, WitnessRecord record) {
        boolean done = attempt("written", () -> files.append(record));
        synchronized (this) {
            if (done) {
                owed.remove(logId);
            } else {
                owed.add(logId);
            }
        }
    }

    private boolean attempt(String done, Access access) {
        try {
            access.run();
        } catch (IOException | OverlappingFileLockException e) {
            failed(done, e);
            return false;
        }
        recovered(done);
        return true;
    }

    private synchronized void failed(String done, Exception cause) {
        errors++;
        String told = "cannot be " + done + ": " + cause;
        if (!told.equals(error)) {
            LOG.errorf(
                    "AUDIT ALARM: the witness %s %s. Signing goes on; what it lacks is appended when it is back.",
                    path, told);
        }
        error = told;
    }

    /** What can be read may still not be written. */
    private synchronized void recovered(String done) {
        String before = error;
        if (before != null && before.startsWith("cannot be " + done)) {
            LOG.infof("The witness %s can be %s again", path, done);
            error = null;
        }
    }

    @FunctionalInterface
    private interface Access {
        void run() throws IOException;
    }
}
