package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BoundedLines;
import dev.keyledger.log.bundle.BundleEntries;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.verify.Finding.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Checks the entries of a partial bundle, each by its own proof. */
final class RangeCheck {
    private static final String CHECK = "entries";
    private static final int MAX_PROOF = 1_000_000;

    private final LogSource files;
    private final SignedCheckpoint signed;
    private final EntryCheck entries;
    private final Findings findings;

    RangeCheck(LogSource files, SignedCheckpoint signed, EntryCheck entries, Findings findings) {
        this.files = files;
        this.signed = signed;
        this.entries = entries;
        this.findings = findings;
    }

    void run(long from, long to) {
        if (!files.has(BundlePath.LEAVES)) {
            findings.fail(CHECK, new Span(from, to), "leaves.jsonl is not there");
            return;
        }
        long index = from;
        try (BoundedLines lines = new BoundedLines(files.open(BundlePath.LEAVES))) {
            for (; index < to; index++) {
                String line = lines.next();
                if (line == null) {
                    findings.fail(CHECK, new Span(index, to), "leaves.jsonl ends before them");
                    return;
                }
                check(index, leaf(index, line));
            }
            if (lines.next() != null) {
                findings.fail(CHECK, "leaves.jsonl goes on behind entry " + (to - 1));
            }
        } catch (FormatException | IOException e) {
            findings.fail(CHECK, new Span(index, to), "leaves.jsonl cannot be read: " + e.getMessage());
        }
    }

    /** The same of those that were picked out of the range. */
    void runSelected(long from, long to, long wanted) {
        if (!files.has(BundlePath.LEAVES)) {
            findings.fail(CHECK, new Span(from, to), "leaves.jsonl is not there");
            return;
        }
        long next = from;
        long count = 0;
        try (BoundedLines lines = new BoundedLines(files.open(BundlePath.LEAVES))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                JsonObject json = JsonReader.parseObject(line);
                long index = json.integer("index");
                if (index < next || index >= to) {
                    throw new FormatException(
                            "line is of entry " + index + ", want one of " + new Span(next, to) + ", ascending");
                }
                check(index, BundleEntries.leafOf(json));
                next = index + 1;
                count++;
            }
            if (count != wanted) {
                findings.fail(
                        CHECK,
                        new Span(from, to),
                        "leaves.jsonl has " + count + " of the " + wanted + " entries that were selected");
            }
        } catch (FormatException | IOException e) {
            findings.fail(CHECK, new Span(next, to), "leaves.jsonl cannot be read: " + e.getMessage());
        }
    }

    private static byte[] leaf(long index, String line) {
        JsonObject json = JsonReader.parseObject(line);
        if (json.integer("index") != index) {
            throw new FormatException("line is of entry " + json.integer("index") + ", want " + index);
        }
        return BundleEntries.leafOf(json);
    }

    private void check(long index, byte[] leaf) {
        entries.accept(index, leaf);
        if (leaf.length == 0) {
            return;
        }
        Span span = new Span(index, index + 1);
        String path = BundlePath.proof(index);
        if (!files.has(path)) {
            findings.fail(CHECK, span, path + " is not there");
            return;
        }
        try {
            TlogProof proof = TlogProof.parse(new String(files.read(path, MAX_PROOF), StandardCharsets.UTF_8));
            if (proof.proof().leafIndex() != index || !proof.checkpoint().equals(signed)) {
                findings.fail(CHECK, span, path + " is for another entry or checkpoint");
            } else {
                proof.verify(LogHasher.leaf(leaf));
            }
        } catch (FormatException | IOException | VerificationException e) {
            findings.fail(CHECK, span, path + ": " + e.getMessage());
        }
    }
}
