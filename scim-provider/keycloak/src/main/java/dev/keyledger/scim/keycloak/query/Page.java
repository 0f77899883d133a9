package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.service.Position;
import dev.keyledger.scim.service.SearchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows.
 *
 * @param rows  the page in order
 * @param total how many rows match, where the query wants to know
 * @param first where the first row is, or null if the page is empty or was asked for by index
 * @param last  where the last row is, or null as {@code first}
 * @param more  whether more rows lie in the direction of the query
 * @param <E>   the entity
 */
public record Page<E>(
        List<E> rows,
        long total,
        @Nullable Position first,
        @Nullable Position last,
        boolean more) {

    /** A page without positions. */
    static <E> Page<E> of(List<E> rows, long total) {
        return new Page<>(rows, total, null, null, false);
    }

    /** The same page, its rows read as these resources. */
    public SearchResult of(List<Resource> resources) {
        return new SearchResult(resources, total, first, last, more);
    }
}
