package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.TreeHead;

/**
 * The row that every writer of a log locks first.
 *
 * @param range the compact range of the tree, {@code range.size()} leaves
 * @param signedSize size of the newest stored checkpoint, 0 when there is none; {@code <= range.size()}
 */
public record LogHead(String origin, CompactRange range, long signedSize, State state) {
    /** Whether a log may be sequenced and signed. */
    public enum State {
        ACTIVE,
        /** Stored state contradicts what is known from elsewhere; entries are still staged, a person must look. */
        HALTED,
        /** Left behind for a new epoch after it was halted; it never grows again. */
        FROZEN
    }

    public LogHead {
        if (signedSize < 0 || signedSize > range.size()) {
            throw new IllegalArgumentException(
                    "signedSize of " + origin + " is " + signedSize + ", want 0 to " + range.size());
        }
    }

    /** The head of a log without entries. */
    public static LogHead empty(String origin) {
        return new LogHead(origin, CompactRange.empty(), 0, State.ACTIVE);
    }

    public long size() {
        return range.size();
    }

    public TreeHead treeHead() {
        return range.head();
    }
}
