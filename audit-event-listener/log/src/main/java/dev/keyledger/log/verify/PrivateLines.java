package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BoundedLines;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.PrivateEntry;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of {@code private.jsonl}, met in step with the entries that they belong to. */
final class PrivateLines implements Closeable {
    private static final String CHECK = "commitments";

    private final @Nullable BoundedLines lines;
    private final Findings findings;
    private @Nullable PrivateEntry next;
    private long last = -1;

    PrivateLines(LogSource files, Findings findings) throws IOException {
        this.lines = files.has(BundlePath.PRIVATE) ? new BoundedLines(files.open(BundlePath.PRIVATE)) : null;
        this.findings = findings;
        advance();
    }

    /** Whether the bundle discloses anything; if not, every slot is sealed. */
    boolean isPresent() {
        return lines != null;
    }

    /** Returns the private part of this entry, null when there is none. Called in ascending order. */
    @Nullable
    PrivateEntry of(long index) {
        while (next != null && next.index() < index) {
            unclaimed(next);
            advance();
        }
        if (next == null || next.index() != index) {
            return null;
        }
        PrivateEntry found = next;
        advance();
        return found;
    }

    /** Reads what is left, which belongs to no entry. */
    void drain() {
        while (next != null) {
            unclaimed(next);
            advance();
        }
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }

    private void unclaimed(PrivateEntry entry) {
        findings.fail(
                CHECK,
                new Finding.Span(entry.index(), entry.index() + 1),
                "private.jsonl has a part for an entry that is not in this bundle");
    }

    private void advance() {
        next = null;
        while (lines != null && next == null) {
            try {
                String line = lines.next();
                if (line == null) {
                    return;
                }
                next = PrivateEntry.parse(line);
                if (next.index() <= last) {
                    throw new FormatException("entry " + next.index() + " comes after entry " + last);
                }
                last = next.index();
            } catch (FormatException e) {
                next = null;
                findings.fail(CHECK, "private.jsonl line " + lines.number() + ": " + e.getMessage());
            } catch (IOException e) {
                next = null;
                findings.fail(CHECK, "private.jsonl cannot be read: " + e.getMessage());
                return;
            }
        }
    }
}
