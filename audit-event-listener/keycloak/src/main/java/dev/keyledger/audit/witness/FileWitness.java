package dev.keyledger.audit.witness;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.sequence.OutsideMemory;
import dev.keyledger.log.witness.WitnessFiles;
import dev.keyledger.log.witness.WitnessRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the checkpoints of all logs in {@link WitnessFiles}. What a round has signed is appended at its end by {@link
 * #flush}, so that a round costs one forced write however many logs it has signed. A volume that cannot be written or
 * read raises an alarm once, not in each round, and everything else goes on; what could not be appended is owed, and
 * appended when the volume is back: of each log the newest checkpoint, which stands for all before it. A volume that
 * does not answer, as one on a network may, is waited for no longer than a few seconds. Thread-safe.
 */
public final class FileWitness {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path path;
    private final WitnessFiles files;
    private final InstantSource clock;
    private final Duration patience;
    private final ExecutorService volume = Executors.newSingleThreadExecutor(FileWitness::thread);
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Future<Boolean> last;
    private volatile Map<String, List<WitnessRecord>> newest = Map.of();
    private final Map<String, WitnessRecord> owed = new TreeMap<>();
    private @Nullable String error;
    private long errors;

    /**
     * @param path a file, or a folder in which this node has a file of its own
     * @param node names that file
     */
    public FileWitness(Path path, String node, InstantSource clock) {
        this(path, node, clock, PATIENCE);
    }

    /** @param patience how long the volume may take to answer */
    FileWitness(Path path, String node, InstantSource clock, Duration patience) {
        this.path = path;
        this.files = WitnessFiles.at(path, node, WitnessFiles.MAX_BYTES);
        this.clock = clock;
        this.patience = patience;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "keyledger-witness");
        thread.setDaemon(true);
        return thread;
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
                return newest.getOrDefault(origin, List.of()).stream()
                        .map(record -> record.checkpoint().checkpoint())
                        .toList();
            }

            @Override
            public void append(SignedCheckpoint checkpoint) {
                owe(logId, new WitnessRecord(realmId, checkpoint, clock.millis()));
            }
        };
    }

    /** Reads what other nodes have appended. */
    public void refresh() {
        attempt("read", files::refresh);
    }

    /** All that is remembered, by origin. */
    public Map<String, List<WitnessRecord>> newest() {
        return newest;
    }

    /** Appends what has been signed since the last time, and what could not be appended then. */
    public void flush() {
        Map<String, WitnessRecord> records;
        synchronized (this) {
            records = new TreeMap<>(owed);
        }
        if (!records.isEmpty() && attempt("written", () -> files.append(List.copyOf(records.values())))) {
            synchronized (this) {
                records.forEach(owed::remove);
            }
        }
    }

    public synchronized Health health() {
        return new Health(path.toString(), error, errors, owed.size());
    }

    private synchronized void owe(String logId, WitnessRecord record) {
        owed.put(logId, record);
    }

    private boolean attempt(String done, Access access) {
        turn.lock();
        try {
            Future<Boolean> before = last;
            if (before != null && !before.isDone()) {
                failed(done, "it has not answered yet");
                return false;
            }
            Future<Boolean> now = volume.submit(() -> {
                access.run();
                newest = files.newest();
                return true;
            });
            last = now;
            now.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            recovered(done);
            return true;
        } catch (TimeoutException e) {
            failed(done, "it does not answer within " + patience);
        } catch (ExecutionException e) {
            failed(done, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(done, "interrupted");
        } finally {
            turn.unlock();
        }
        return false;
    }

    private synchronized void failed(String done, String cause) {
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
