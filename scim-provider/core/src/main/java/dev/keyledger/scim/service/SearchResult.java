package dev.keyledger.scim.service;

import dev.keyledger.scim.resource.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store found: one page, and how many match on all pages.
 *
 * @param resources    the page in order
 * @param totalResults how many match; any number where {@link Query#wantsTotal} is false
 * @param first        where the page's first resource is; null if the page is empty or was asked for by index
 * @param last         where the page's last resource is; null as {@code first}
 * @param more         whether there are more resources in the direction of the query's {@code seek}
 */
public record SearchResult(
        List<Resource> resources,
        long totalResults,
        @Nullable Position first,
        @Nullable Position last,
        boolean more) {
    /** Copies the list. */
    public SearchResult {
        resources = List.copyOf(resources);
    }

    /** A page by index. */
    public SearchResult(List<Resource> resources, long totalResults) {
        this(resources, totalResults, null, null, false);
    }
}
