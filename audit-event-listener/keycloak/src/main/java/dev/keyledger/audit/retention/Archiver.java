package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.storage.ArchiveEntity;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Claim;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.StoredParts;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.tile.TileSource;
import dev.keyledger.log.verify.LogVerifier;
import dev.keyledger.log.verify.Verdict;
import dev.keyledger.log.verify.VerificationReport;
import dev.keyledger.log.verify.VerifyOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Writes whole units of signed logs into a store, each an archive that {@code verify} takes: tiles, entries, and the private
 * parts as they are stored, encrypted. The keys of people are in no archive, so an erasure covers all of them.
 *
 * <p>For each unit: a temporary file of this machine is written, read back and verified against the checkpoint in it, as an
 * auditor would, so that a store that forgets nothing is given nothing that is worth nothing. The store is given it, under
 * a name that has its hash; it is read back from the store, whole, and must be the bytes that were verified. Then the log's
 * entry {@code ARCHIVE} is committed, then the row in {@code AUDIT_ARCHIVE}. Commit point: that row. A crash before it
 * leaves an archive in the store, or an entry about one, that no row knows; the next run writes the unit again. After it:
 * the unit is archived. One node at a time does so ({@link Claim}); of two that do, because the first took too long, one row
 * wins, and the other's archive stays as well and no row knows it.
 *
 * <p>Units of one log may be of different sizes: when the option is changed, the next unit begins where the last one ended.
 */
public final class Archiver {
    private static final String WORK = "archive";

    private final ArchiveStore store;
    private final int unit;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Keys keys;

    /** @param unit entries of a unit, a multiple of 256 */
    Archiver(ArchiveStore store, int unit, Transactions transactions, InstantSource clock, Keys keys) {
        this.store = store;
        this.unit = unit;
        this.transactions = transactions;
        this.clock = clock;
        this.keys = keys;
    }

    /** The one of this server; empty when its options name no store. */
    public static Optional<Archiver> of(AuditRuntime runtime) {
        return runtime.archives()
                .map(archives -> new Archiver(
                        archives.store(),
                        archives.unit(),
                        runtime.transactions(),
                        runtime.clock(),
                        (logId, under, tiles) -> new LogKeys(logId, runtime.transactions()).history(under, tiles)));
    }

    /** The keys of a log, as a bundle under this checkpoint presents them. */
    @FunctionalInterface
    interface Keys {
        List<LogKey> history(String logId, SignedCheckpoint under, TileSource tiles) throws IOException;
    }

    /** The archives of a log, the oldest entries first. */
    public List<Archive> list(String logId) {
        return Archive.list(logId, transactions);
    }

    /**
     * Finds out whether the store would take an archive.
     *
     * @throws IOException when not; the message says what to mend
     */
    public void check() throws IOException {
        store.check();
    }

    /** What is signed of whole units of these logs and not archived. */
    Errand.Waiting waiting(List<LogHeads.Found> logs) {
        Checkpoints checkpoints = new Checkpoints(transactions);
        Errand.Waiting waiting = Errand.Waiting.NOTHING;
        for (LogHeads.Found log : logs) {
            String logId = log.epoch().logId();
            long end = log.head().signedSize() < unit ? 0 : end(logId);
            long entries = (log.head().signedSize() - end) / unit * unit;
            if (entries > 0) {
                waiting = waiting.and(new Errand.Waiting(
                        entries,
                        checkpoints.firstSignedBeyond(logId, end + unit - 1).orElse(0L)));
            }
        }
        return waiting;
    }

    /** As {@link #run}, unless another node is at it: then empty, and nothing is done. */
    public Optional<List<Archive>> runAlone(LogEpoch log, Consumer<Map<String, String>> entry) throws IOException {
        Optional<Claim> taken = Claim.take(transactions, clock, log.logId(), WORK);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (Claim claim = taken.get()) {
            return Optional.of(run(log, entry, claim::renew));
        }
    }

    /** As {@link #run(LogEpoch, Consumer, BooleanSupplier)}, to the end. */
    List<Archive> run(LogEpoch log, Consumer<Map<String, String>> entry) throws IOException {
        return run(log, entry, () -> true);
    }

    /**
     * Archives every whole unit of a log that is signed and not archived yet; answers those that it has.
     *
     * @param entry commits the entry that tells of an archive
     * @param goOn asked before each unit
     * @throws IOException when the store does not take an archive, or has not what it was given when it is read back; those
     *     before it stay
     */
    private List<Archive> run(LogEpoch log, Consumer<Map<String, String>> entry, BooleanSupplier goOn)
            throws IOException {
        Optional<SignedCheckpoint> newest = new Checkpoints(transactions).newest(log.logId());
        List<Archive> made = new ArrayList<>();
        if (newest.isEmpty()) {
            return made;
        }
        long from = end(log.logId());
        for (; from + unit <= newest.get().checkpoint().head().size() && goOn.getAsBoolean(); from += unit) {
            // First of all: a store that would refuse is not to be filled with what nobody will know of.
            store.check();
            Optional<Archive> archive = write(log, newest.get(), from);
            if (archive.isEmpty() || isKnown(log, from)) {
                return made;
            }
            entry.accept(archive.get().facts(log.origin(), store.describe()));
            keep(log, archive.get());
            made.add(archive.get());
        }
        return made;
    }

    /** Where the last archive ends; 0 when there is none. */
    public long end(String logId) {
        return transactions.run(em -> em.createQuery(
                        "select coalesce(max(a.to), 0) from ArchiveEntity a where a.logId = :log", Long.class)
                .setParameter("log", logId)
                .getSingleResult());
    }

    /** Puts a unit into the store; empty when another node has done so in the meantime. */
    private Optional<Archive> write(LogEpoch log, SignedCheckpoint checkpoint, long from) throws IOException {
        Path file = Files.createTempFile("keyledger-archive-", ".zip");
        try {
            JpaTileSource tiles = new JpaTileSource(log.logId(), transactions);
            List<LogKey> known = keys.history(log.logId(), checkpoint, tiles);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                BundleWriter.write(
                        BundleRequest.complete(checkpoint, tiles, null, known)
                                .range(from, from + unit)
                                .createdBy("keyledger", clock.millis())
                                .archive(new StoredParts(log.logId(), transactions)),
                        out);
            }
            verify(file, known.get(0));
            if (isKnown(log, from)) {
                return Optional.empty();
            }
            String hash = ArchiveStore.sha256(file);
            String name = "%s/%d-%d-%s.keyledger.zip"
                    .formatted(
                            URLEncoder.encode(log.logId(), StandardCharsets.UTF_8),
                            from,
                            from + unit,
                            hash.substring(0, 16));
            store.put(name, file, hash);
            store.confirm(name, hash);
            return Optional.of(new Archive(from, from + unit, hash, name, clock.millis()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Reads the file back, whole, as an auditor would. */
    private static void verify(Path written, LogKey first) throws IOException {
        try (LogSource files = LogSource.open(written)) {
            VerificationReport report = LogVerifier.verify(files, new VerifyOptions(List.of(first.vkey()), null, null));
            if (report.verdict() != Verdict.VERIFIED) {
                throw new IOException("an archive does not verify when it is read back: " + report.summary());
            }
        }
    }

    private boolean isKnown(LogEpoch log, long from) {
        return transactions.run(em -> em.find(ArchiveEntity.class, new ArchiveEntity.Key(log.logId(), from)) != null);
    }

    private void keep(LogEpoch log, Archive archive) {
        transactions.run(em -> {
            ArchiveEntity row = new ArchiveEntity();
            row.logId = log.logId();
            row.from = archive.from();
            row.to = archive.to();
            row.hash = archive.hash();
            row.place = archive.place();
            row.verified = archive.verified();
            em.persist(row);
            return row;
        });
    }
}
