package dev.keyledger.audit.storage;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A unit of a log that was pruned.
 *
 * @param to exclusive
 * @param kept offsets of the entries that stayed
 * @param time when it was, in epoch milliseconds
 * @param entryId of the entry {@code PRUNE}
 * @param index of that entry; null while it waits to be sealed
 */
public record PrunedUnit(
        long from,
        long to,
        BitSet kept,
        long time,
        String entryId,
        @Nullable Long index) {
    public PrunedUnit {
        kept = (BitSet) kept.clone();
    }

    @Override
    public BitSet kept() {
        return (BitSet) kept.clone();
    }

    /** How many entries stayed. */
    public int count() {
        return kept.cardinality();
    }

    /** Whether the row of an entry, which may be of another unit, was pruned. */
    public boolean lacks(long logIndex) {
        return logIndex >= from && logIndex < to && !kept.get((int) (logIndex - from));
    }
}
