package dev.keyledger.log.checkpoint;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.Signer;
import java.util.Collection;

/**
 * The text that a log signs: origin, tree size, root hash, one line each:
 *
 * <pre>
 * audit.example.com/kc/realm-a
 * 8
 * XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=
 * </pre>
 *
 * A log must never sign two checkpoints that are inconsistent with each other. Extension lines after the third are
 * accepted when read (they are signed with the rest) and never written. C2SP tlog-checkpoint.
 */
public record Checkpoint(String origin, TreeHead head) {
    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0) {
            throw new FormatException("not an origin: " + FormatException.quote(origin));
        }
    }

    /** Parses the text of a checkpoint, three lines or more. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw new FormatException("checkpoint has " + (lines.length - 1) + " lines, want at least 3");
        }
        for (int i = 3; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new FormatException("checkpoint has an empty extension line");
            }
        }
        return new Checkpoint(lines[0], new TreeHead(size(lines[1]), Hash.ofBase64(lines[2])));
    }

    /** The three lines, each with its newline. */
    public String text() {
        return origin + "\n" + head.size() + "\n" + head.root().toBase64() + "\n";
    }

    /** Signs the text, one line per signer. The first signer's name should be the origin. */
    public SignedCheckpoint sign(Collection<? extends Signer> signers) {
        return new SignedCheckpoint(this, Note.sign(text(), signers));
    }

    /** Reads a tree size as the C2SP formats write it: decimal, without leading zeroes. */
    public static long size(String decimal) {
        if (!decimal.matches("0|[1-9][0-9]{0,18}")) {
            throw new FormatException("not a tree size: " + FormatException.quote(decimal));
        }
        try {
            return Long.parseLong(decimal);
        } catch (NumberFormatException e) {
            throw new FormatException("not a tree size: " + FormatException.quote(decimal), e);
        }
    }
}
