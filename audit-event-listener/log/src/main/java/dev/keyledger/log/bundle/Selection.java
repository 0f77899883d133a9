package dev.keyledger.log.bundle;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Entries of a log that somebody has picked out: those that a search found, and the erasures that account for what they do
 * not tell any more. Eight bytes for each.
 */
public final class Selection {
    private final long[] indices;
    private final Map<String, String> filters;

    private Selection(long[] indices, Map<String, String> filters) {
        this.indices = indices;
        this.filters = filters;
    }

    /**
     * These entries.
     *
     * @param filters what was searched for, by the names of the parameters
     */
    public static Selection of(SortedSet<Long> indices, Map<String, String> filters) {
        return new Selection(indices.stream().mapToLong(Long::longValue).toArray(), new TreeMap<>(Map.copyOf(filters)));
    }

    /** The number of entries. */
    public int size() {
        return indices.length;
    }

    /** The leaf index at a place, {@code 0 <= place < size()}; they ascend. */
    public long index(int place) {
        return indices[place];
    }

    /** So many of them, from the middle. */
    Selection some(int max) {
        int from = Math.max(0, indices.length / 2 - max / 2);
        return new Selection(Arrays.copyOfRange(indices, from, Math.min(indices.length, from + max)), filters);
    }

    /** What the manifest says of it. */
    Manifest.Selected listed() {
        return new Manifest.Selected(indices.length, filters);
    }

    long first() {
        return indices.length == 0 ? 0 : indices[0];
    }

    long end() {
        return indices.length == 0 ? 0 : indices[indices.length - 1] + 1;
    }
}
