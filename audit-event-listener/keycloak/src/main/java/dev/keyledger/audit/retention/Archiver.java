package dev.keyledger.audit.retention;

import dev.keyledger.audit.storage.ArchiveEntity;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogEpoch;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes whole units of signed logs into files, each an archive that {@code verify} takes: tiles, entries, and the private
 * parts as they are stored, encrypted. The keys of people are in no archive, so an erasure covers all of them.
 *
 * <p>For each unit: the file is written under a temporary name, forced to disk, read back whole, verified against the
 * checkpoint in it, and renamed to a name that has its hash. Then the log's entry {@code ARCHIVE} is committed, then the
 * row in {@code AUDIT_ARCHIVE}. Commit point: that row. A crash before it leaves a file, or an entry about one, that no
 * row knows; the next run writes the unit again. After it: the unit is archived. Two nodes may do the same unit at the
 * same time: one row wins, the other's file is removed.
 */
public final class Archiver {
    /** Entries of a unit: one full tile of level 1. */
    public static final int UNIT = 65_536;

    private final Path folder;
    private final int unit;
    private final Transactions transactions;
    private final InstantSource clock;
    private final Keys keys;

    public Archiver(Path folder, Transactions transactions, InstantSource clock) {
        this(
                folder,
                UNIT,
                transactions,
                clock,
                (logId, under, tiles) -> new LogKeys(logId, transactions).history(under, tiles));
    }

    /** @param unit entries of a unit, a multiple of 256 */
    Archiver(Path folder, int unit, Transactions transactions, InstantSource clock, Keys keys) {
        this.keys = keys;
        this.folder = folder;
        this.unit = unit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The keys of a log, as a bundle under this checkpoint presents them. */
    @FunctionalInterface
    interface Keys {
        List<LogKey> history(String logId, SignedCheckpoint under, TileSource tiles) throws IOException;
    }

    /** The archives of a log, the oldest entries first. */
    public List<Archive> list(String logId) {
        return transactions.run(em -> em.createQuery(
                        "select a from ArchiveEntity a where a.logId = :log order by a.from", ArchiveEntity.class)
                .setParameter("log", logId)
                .getResultStream()
                .map(Archive::of)
                .toList());
    }

    /**
     * Archives every whole unit of a log that is signed and not archived yet; answers those that it has.
     *
     * @param entry commits the entry that tells of an archive
     * @throws IOException when a file cannot be written, or is not what was written when it is read back; those before
     *     it stay
     */
    public List<Archive> run(LogEpoch log, Consumer<Map<String, String>> entry) throws IOException {
        Optional<SignedCheckpoint> newest = new Checkpoints(transactions).newest(log.logId());
        List<Archive> made = new ArrayList<>();
        if (newest.isEmpty()) {
            return made;
        }
        List<Archive> known = list(log.logId());
        long from = known.isEmpty() ? 0 : known.get(known.size() - 1).to();
        for (; from + unit <= newest.get().checkpoint().head().size(); from += unit) {
            Archive archive = write(log, newest.get(), from);
            if (isKnown(log, from)) {
                Files.deleteIfExists(folder.resolve(archive.place()));
                return made;
            }
            entry.accept(archive.facts(log.origin()));
            keep(log, archive);
            made.add(archive);
        }
        return made;
    }

    private Archive write(LogEpoch log, SignedCheckpoint checkpoint, long from) throws IOException {
        JpaTileSource tiles = new JpaTileSource(log.logId(), transactions);
        List<LogKey> known = keys.history(log.logId(), checkpoint, tiles);
        BundleRequest request = BundleRequest.complete(checkpoint, tiles, null, known)
                .range(from, from + unit)
                .createdBy("keyledger", clock.millis())
                .archive(new StoredParts(log.logId(), transactions));
        Path place = folder.resolve(URLEncoder.encode(log.logId(), StandardCharsets.UTF_8));
        Files.createDirectories(place);
        Path written = Files.createTempFile(place, from + "-", ".tmp");
        try {
            try (FileChannel file = FileChannel.open(written, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file))) {
                BundleWriter.write(request, out);
                out.flush();
                file.force(true);
            }
            String hash = sha256(written);
            verify(written, known.get(0));
            Path named = place.resolve(from + "-" + (from + unit) + "-" + hash.substring(0, 16) + ".keyledger.zip");
            Files.move(written, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Archive(
                    from, from + unit, hash, place.getFileName() + "/" + named.getFileName(), clock.millis());
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Reads the file back, whole, as an auditor would. */
    private static void verify(Path written, LogKey first) throws IOException {
        try (LogSource files = LogSource.open(written)) {
            VerificationReport report = LogVerifier.verify(files, new VerifyOptions(List.of(first.vkey()), null, null));
            if (report.verdict() != Verdict.VERIFIED) {
                throw new IOException(
                        "archive " + written + " does not verify when it is read back: " + report.summary());
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

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
