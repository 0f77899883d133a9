package dev.keyledger.scim.service;

import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import org.jspecify.annotations.Nullable;

/**
 * A query as a store gets it: resolved, checked and within the limits.
 *
 * @param filter     which resources, or null for all
 * @param sort       by what, or null for the store's own stable order
 * @param startIndex the first one wanted, from 1; not looked at where there is a {@code seek}
 * @param count      how many at most; 0 asks for the total alone
 * @param projection what of each will be shown; the rest need not be loaded
 * @param seek       where the page lies by its neighbour, or null for a page by index
 */
public record Query(
        @Nullable Filter filter,
        @Nullable Sort sort,
        int startIndex,
        int count,
        Projection projection,
        @Nullable Seek seek) {

    /** A query for a page by index. */
    public Query(@Nullable Filter filter, @Nullable Sort sort, int startIndex, int count, Projection projection) {
        this(filter, sort, startIndex, count, projection, null);
    }

    /** Whether the answer needs the number of all that match; a page behind another does not, it was told before. */
    public boolean wantsTotal() {
        return seek == null || seek.from() == null;
    }

    /**
     * Where a page lies: next to a resource, whether or not that still exists.
     *
     * @param from      the neighbour, which is not on the page; null to begin at the first resource
     * @param backwards whether the page ends before the neighbour; otherwise it begins behind it
     */
    public record Seek(@Nullable Position from, boolean backwards) {}

    /**
     * An order; resources without a value come last when ascending, first when descending. RFC 7644 section 3.4.2.3.
     *
     * @param path       what to sort by; of several values the primary one, else the first
     * @param descending largest first
     */
    public record Sort(AttributePath path, boolean descending) {}
}
