package dev.keyledger.audit.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to answer a search: several index ranges read as one, newest first, and what comes along tested against the
 * whole search. Every entry that is wanted is in one of the ranges at least.
 */
final class IndexScan {
    private final PriorityQueue<IndexRange> ranges =
            new PriorityQueue<>(Comparator.comparing(IndexRange::bound).reversed());
    private final Predicate<SearchIndex> wanted;
    private final int max;
    private final List<EntryQuery.Cursor> found = new ArrayList<>();
    private EntryQuery.@Nullable Cursor reached;
    private boolean isOver;

    IndexScan(List<IndexRange> ranges, Predicate<SearchIndex> wanted, int max) {
        this.ranges.addAll(ranges);
        this.wanted = wanted;
        this.max = max;
    }

    /** Looks at so many more entries, unless the answer is complete before. */
    void advance(int entries) {
        for (int i = 0; i < entries && !isDone(); i++) {
            IndexRange.Row row = next();
            if (row == null) {
                isOver = true;
            } else if (!row.place().equals(reached)) {
                reached = row.place();
                if (wanted.test(row.index())) {
                    found.add(row.place());
                }
            }
        }
    }

    /** The page is full, or there is no more. */
    boolean isDone() {
        return isOver || found.size() >= max;
    }

    /** Newest first. */
    List<EntryQuery.Cursor> found() {
        return found;
    }

    /** Where the next page begins; null when there is none. */
    EntryQuery.@Nullable Cursor next(EntryQuery.Cursor start) {
        if (isOver) {
            return null;
        }
        return reached == null ? start : reached;
    }

    /** How far it has come; the greater, the less. */
    EntryQuery.Cursor reached(EntryQuery.Cursor start) {
        return reached == null ? start : reached;
    }

    private IndexRange.@Nullable Row next() {
        while (true) {
            IndexRange first = ranges.poll();
            if (first == null) {
                return null;
            }
            boolean wasRead = first.isRead();
            IndexRange.Row row = first.peek();
            if (row == null) {
                continue;
            }
            if (wasRead) {
                first.take();
            }
            ranges.add(first);
            if (wasRead) {
                return row;
            }
        }
    }
}
