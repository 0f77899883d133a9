package dev.keyledger.scim.service;

import dev.keyledger.scim.resource.Resource;
import java.util.List;

/**
 * What a store found: one page, and how many match on all pages.
 *
 * @param resources    the page in order
 * @param totalResults how many match
 */
public record SearchResult(List<Resource> resources, long totalResults) {
    /** Copies the list. */
    public SearchResult {
        resources = List.copyOf(resources);
    }
}
