package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.FileTileSource;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.TileId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a bundle, or a plain tlog-tiles folder, and reports. A finding never stops it, as long as there is a
 * checkpoint to measure against; memory does not grow with the number of entries. Used once.
 */
public final class LogVerifier {
    private static final int MAX_CONSISTENCY = 10_000;

    private final DigestedFiles files;
    private final VerifyOptions options;
    private final Progress progress;
    private final Findings findings = new Findings();
    private final CheckpointCheck checkpoints;
    private final TimestampCheck timestamps;

    private LogVerifier(DigestedFiles files, VerifyOptions options, Progress progress) {
        this.files = files;
        this.options = options;
        this.progress = progress;
        this.checkpoints = new CheckpointCheck(files, options, findings);
        this.timestamps = new TimestampCheck(files, checkpoints, findings);
    }

    /**
     * Verifies the files.
     *
     * @throws FormatException when they are no bundle at all: neither a manifest nor a checkpoint
     */
    public static VerificationReport verify(LogSource files, VerifyOptions options) throws IOException {
        return verify(files, options, Progress.NONE);
    }

    /** Verifies the files and tells how far it has come. */
    public static VerificationReport verify(LogSource files, VerifyOptions options, Progress progress)
            throws IOException {
        if (!files.has(Manifest.PATH) && !files.has(BundlePath.CHECKPOINT)) {
            throw new FormatException(
                    "not a bundle: it has neither " + Manifest.PATH + " nor " + BundlePath.CHECKPOINT);
        }
        return new LogVerifier(new DigestedFiles(files), options, progress).run();
    }

    private VerificationReport run() throws IOException {
        ManifestCheck manifests = new ManifestCheck(files);
        Manifest manifest = manifests.read();
        SignedCheckpoint signed = checkpoints.run(manifest);
        long counted = signed == null ? 0 : entries(manifest, signed);
        List<Finding> found = new ArrayList<>(manifests.close());
        found.addAll(findings.toList());
        return new VerificationReport(signed == null ? null : signed.checkpoint(), counted, found);
    }

    private long entries(@Nullable Manifest manifest, SignedCheckpoint signed) throws IOException {
        long size = signed.checkpoint().head().size();
        long from = manifest == null ? 0 : manifest.from();
        long to = manifest == null ? size : manifest.to();
        if (from < 0 || from > to || to > size) {
            findings.fail("manifest", "range is [" + from + ", " + to + "), want it within [0, " + size + ")");
            from = 0;
            to = size;
        }
        Manifest.Selected selected = manifest == null ? null : manifest.selected();
        timestamps.run(signed.checkpoint());
        SignedCheckpoint old = storedProof(signed);
        try (PrivateLines privateLines = new PrivateLines(files, findings)) {
            long total = selected == null ? to - from : selected.entries();
            EntryCheck entries = new EntryCheck(
                    signed.checkpoint().origin(),
                    privateLines,
                    checkpoints.chain(),
                    findings,
                    done -> progress.reached(done, total));
            if (selected != null) {
                new RangeCheck(files, signed, entries, findings).runSelected(from, to, total);
                sinceOfRange(old);
            } else if (files.has(BundlePath.SEALED)) {
                new ArchiveCheck(new FileTileSource(files), signed.checkpoint().head(), entries, findings)
                        .run(from, to);
                sinceOfRange(old);
            } else if (to == size && (from == 0 || isOfPrunedLog(from))) {
                complete(signed, from, entries, old);
            } else {
                new RangeCheck(files, signed, entries, findings).run(from, to);
                sinceOfRange(old);
            }
            findings.close("entries", entries.count() + " of " + total + " hashed" + described(from, to));
            if (selected == null) {
                completeness(from, to, size);
            } else {
                completeness(selected, size);
            }
            entries.close(from, to, selected != null);
            checkpoints.chain().requireNewest(signed);
            return entries.count();
        }
    }

    private void complete(SignedCheckpoint signed, long from, EntryCheck entries, @Nullable SignedCheckpoint old) {
        TreeHead head = signed.checkpoint().head();
        TreeCheck tree = new TreeCheck(new FileTileSource(files), head, from, entries, findings);
        SignedCheckpoint since = usableSince(signed.checkpoint());
        for (TreeHead rotated : checkpoints.chain().heads()) {
            if (rotated.size() <= head.size()) {
                tree.expect(rotated);
            }
        }
        timestamps.heads().forEach(tree::expect);
        if (old != null) {
            tree.expect(old.checkpoint().head());
        }
        if (since != null) {
            tree.expect(since.checkpoint().head());
        }
        Map<Long, Hash> disagreeing = tree.run();
        rotatedElsewhere(disagreeing);
        stampedElsewhere(disagreeing);
        if (since == null) {
            return;
        }
        TreeHead kept = since.checkpoint().head();
        Hash got = disagreeing.get(kept.size());
        if (got != null) {
            findings.fail(
                    "consistency",
                    new Finding.Span(0, kept.size()),
                    "root at size " + kept.size() + " is " + got + ", the checkpoint that you kept signs "
                            + kept.root());
        } else {
            findings.ok("consistency", "nothing up to size " + kept.size() + ", which you kept, was rewritten");
        }
    }

    /** A key that was introduced in another tree than this one is no key of this log. */
    private void rotatedElsewhere(Map<Long, Hash> disagreeing) {
        for (TreeHead rotated : checkpoints.chain().heads()) {
            Hash got = disagreeing.get(rotated.size());
            if (got != null) {
                findings.fail(
                        "keys",
                        new Finding.Span(0, rotated.size()),
                        "root at size " + rotated.size() + " is " + got
                                + ", the checkpoint under which a key was introduced signs " + rotated.root());
            }
        }
    }

    private void stampedElsewhere(Map<Long, Hash> disagreeing) {
        for (TreeHead stamped : timestamps.heads()) {
            Hash got = disagreeing.get(stamped.size());
            if (got != null) {
                findings.fail(
                        "timestamp",
                        new Finding.Span(0, stamped.size()),
                        "root at size " + stamped.size() + " is " + got + ", the stamped checkpoint signs "
                                + stamped.root());
            }
        }
    }

    /** The auditor's checkpoint, when it can be compared: of this log, signed, and no larger. */
    private @Nullable SignedCheckpoint usableSince(Checkpoint checkpoint) {
        SignedCheckpoint since = options.since();
        if (since == null) {
            findings.skip("consistency", "no earlier checkpoint given (--since)");
            return null;
        }
        checkpoints.signature("since", since);
        if (!since.checkpoint().origin().equals(checkpoint.origin())) {
            findings.lacking(
                    "consistency",
                    "the checkpoint that you kept is of the log "
                            + FormatException.quote(since.checkpoint().origin()));
            return null;
        }
        if (since.checkpoint().head().size() > checkpoint.head().size()) {
            findings.fail(
                    "consistency",
                    "the log had size " + since.checkpoint().head().size() + " when you kept its checkpoint, and has "
                            + checkpoint.head().size() + " now: it was rolled back, or this bundle is older");
            return null;
        }
        return since;
    }

    /** A partial bundle has no tree to compute an old root from; it needs the proof that was stored in it. */
    private void sinceOfRange(@Nullable SignedCheckpoint old) {
        SignedCheckpoint since = options.since();
        if (since == null) {
            findings.skip("consistency", "no earlier checkpoint given (--since)");
        } else if (old == null || !old.checkpoint().equals(since.checkpoint())) {
            findings.lacking("consistency", "a partial bundle proves consistency only with its own checkpoint.old");
        } else {
            findings.ok("consistency", "checkpoint.old is the one that you kept");
        }
    }

    /** Checks checkpoint.old with consistency.txt; returns it when it holds. */
    private @Nullable SignedCheckpoint storedProof(SignedCheckpoint signed) {
        if (!files.has(BundlePath.OLD_CHECKPOINT)) {
            return null;
        }
        SignedCheckpoint old = checkpoints.read(BundlePath.OLD_CHECKPOINT);
        if (old == null) {
            return null;
        }
        checkpoints.signature("old", old);
        try {
            String text = new String(files.read(BundlePath.CONSISTENCY, MAX_CONSISTENCY), StandardCharsets.UTF_8);
            List<Hash> hashes = text.lines().map(Hash::ofBase64).toList();
            TreeHead from = old.checkpoint().head();
            TreeHead to = signed.checkpoint().head();
            if (!old.checkpoint().origin().equals(signed.checkpoint().origin())) {
                throw new VerificationException("checkpoint.old is of another log");
            }
            new ConsistencyProof(from.size(), to.size(), hashes).verify(from.root(), to.root());
            findings.ok("old", "consistent from size " + from.size() + " to " + to.size());
            return old;
        } catch (FormatException | IOException | VerificationException e) {
            findings.fail("old", "consistency.txt: " + e.getMessage());
            return null;
        }
    }

    /** Whether what was left out is a beginning of whole tiles, all of whose hashes are there. */
    private boolean isOfPrunedLog(long from) {
        return from % TileId.FULL == 0 && !files.has(BundlePath.LEAVES);
    }

    private void completeness(long from, long to, long size) {
        if (from == 0 && to == size) {
            findings.ok("complete", "yes: every entry of the log up to size " + size);
        } else if (to == size && isOfPrunedLog(from) && !files.has(BundlePath.SEALED)) {
            findings.ok(
                    "complete",
                    "begins at entry " + from + ": every entry from there up to size " + size
                            + "; of those before the hashes only");
        } else {
            findings.ok(
                    "complete",
                    "only " + new Finding.Span(from, to) + " of a log of size " + size
                            + "; nothing is said about the others");
        }
    }

    private void completeness(Manifest.Selected selected, long size) {
        findings.ok(
                "complete",
                "only " + selected.entries() + " entries of a log of size " + size + ", which a search for "
                        + FormatException.quote(selected.filters().toString())
                        + " is said to have found; nothing is said about the others, nor that there are no more");
    }

    private static String described(long from, long to) {
        return to == from ? " (no entry)" : " (" + new Finding.Span(from, to) + ")";
    }
}
