package dev.keyledger.audit.publish;

import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.TileFolder;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets a folder follow every signed log, each in a {@link TileFolder} that has the log's id as its name. It looks for new
 * checkpoints by itself, so it does not matter which node of the cluster signed them. Of several processes that are given
 * the same folder one writes; another takes over when that one ends.
 */
public final class TilesExport {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Path root;
    private final Transactions transactions;
    private final Checkpoints checkpoints;
    private final Map<String, TileFolder> folders = new HashMap<>();
    private final Map<String, Checkpoints.Signed> written = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private final Rounds rounds;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable FileLock lock;

    /** @param interval between two looks for new checkpoints */
    public TilesExport(Path root, Transactions transactions, Duration interval) {
        this.root = root;
        this.transactions = transactions;
        this.checkpoints = new Checkpoints(transactions);
        this.rounds = new Rounds("keyledger-tiles", this::round, () -> interval);
    }

    public void start() {
        rounds.start();
    }

    /** Ends with one more round, for what was signed last, unless one does not come to its end. */
    public void stop() {
        rounds.stop();
        if (turn.tryLock()) {
            try {
                round();
                release();
            } finally {
                turn.unlock();
            }
        }
    }

    /** Brings every log's folder up to date, if the folder is ours. */
    void round() {
        turn.lock();
        try {
            if (isOurs()) {
                checkpoints.signed().forEach(this::follow);
                recovered(root.toString());
            }
        } catch (IOException | RuntimeException e) {
            // The outermost boundary of the thread, which would not run again.
            failed(root.toString(), e);
        } finally {
            turn.unlock();
        }
    }

    /** Brings one log's folder up to date; one log must not keep the others from it. */
    private void follow(String logId, Checkpoints.Signed signed) {
        if (signed.equals(written.get(logId))) {
            return;
        }
        try {
            Optional<SignedCheckpoint> newest = checkpoints.newest(logId);
            if (newest.isPresent()) {
                folders.computeIfAbsent(logId, id -> new TileFolder(root.resolve(name(id))))
                        .follow(
                                new JpaTileSource(logId, transactions),
                                newest.get(),
                                new PrunedUnits(logId, transactions).minIndex());
                // What has been signed or cosigned since is written in the next round.
                written.put(logId, signed);
            }
            recovered(logId);
        } catch (VerificationException e) {
            if (failing.add(logId)) {
                LOG.errorf("AUDIT ALARM: log %s does not continue its files in %s: %s", logId, root, e.getMessage());
            }
        } catch (IOException | FormatException | UncheckedIOException e) {
            failed(logId, e);
        }
    }

    private void failed(String what, Exception e) {
        if (failing.add(what)) {
            LOG.errorf(e, "Keyledger could not write the tiles of %s to %s, and tries again", what, root);
        }
    }

    private void recovered(String what) {
        if (failing.remove(what)) {
            LOG.infof("Keyledger writes the tiles of %s to %s again", what, root);
        }
    }

    /** Takes the folder for this process; the operating system gives it back when the process ends, however it does. */
    private boolean isOurs() throws IOException {
        if (lock == null) {
            Files.createDirectories(root);
            FileChannel file =
                    FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = tryLock(file);
        }
        return lock != null;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            FileLock taken = file.tryLock();
            if (taken != null) {
                return taken;
            }
        } catch (OverlappingFileLockException e) {
            // this process has it already, by another instance: as much somebody else as any
            LOG.debug("the folder of tiles is taken", e);
        }
        file.close();
        return null;
    }

    private void release() {
        FileLock held = lock;
        if (held != null) {
            try {
                held.acquiredBy().close();
            } catch (IOException e) {
                LOG.warnf(e, "Keyledger could not give back %s", root);
            }
            lock = null;
        }
    }

    private static String name(String logId) {
        return URLEncoder.encode(logId, StandardCharsets.UTF_8).replace(".", "%2E");
    }
}
