package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.message.Cursor;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Returned;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One search: the request resolved against the resource type, and the response to what the store found. RFC 7644 section
 * 3.4.2, RFC 9865.
 *
 * <p>A search by cursor is counted with its first page; the cursors carry the number on. A {@code count} above the limit is
 * lowered to it, as by index; a page behind the first wants the {@code count} of the first.
 */
final class Search {
    private final Supplier<Cursors> cursors;
    private final SearchRequest request;
    private final String identity;
    private final @Nullable Cursor cursor;
    private final Query query;

    /** The search that the request asks for; {@code loaded} is what the store has to load of each resource. */
    Search(ResourceType type, SearchRequest request, Projection loaded, int maxResults, Supplier<Cursors> cursors) {
        this.cursors = cursors;
        this.request = request;
        Filter filter =
                request.filter() == null || request.filter().isBlank() ? null : Filter.parse(request.filter(), type);
        Query.Sort sort = sort(type, request);
        int count = request.count() == null ? maxResults : Math.min(request.count(), maxResults);
        this.identity = type.name() + '\n' + (filter == null ? "" : filter) + '\n' + sort;
        this.cursor = cursor(count);
        this.query = new Query(filter, sort, request.startIndex(), count, loaded, seek());
    }

    /** What to ask the store. */
    Query query() {
        return query;
    }

    /** Whether the page lies before a resource; if nothing is left there, the first page is the one that the client wants. */
    boolean isBackwards() {
        return cursor != null && cursor.backwards();
    }

    /** The response with that page, whose resources are as the client sees them. */
    ListResponse response(SearchResult result, List<ObjectNode> page) {
        if (query.seek() == null) {
            return new ListResponse(result.totalResults(), request.startIndex(), page);
        }
        long total = cursor == null ? result.totalResults() : cursor.total();
        boolean isBefore = isBackwards() ? result.more() : cursor != null;
        boolean isBehind = isBackwards() || result.more();
        return new ListResponse(
                total,
                null,
                page,
                isBefore ? cursor(result.first(), true, total) : null,
                isBehind ? cursor(result.last(), false, total) : null);
    }

    private @Nullable String cursor(@Nullable Position at, boolean backwards, long total) {
        return at == null
                ? null
                : cursors.get().issue(new Cursor(at.key(), at.id(), backwards, query.count(), total), identity);
    }

    private @Nullable Cursor cursor(int count) {
        String text = request.cursor();
        if (text == null || text.isEmpty()) {
            return null;
        }
        Cursor known = cursors.get().read(text, identity);
        if (known.count() != count) {
            throw ScimException.invalidCount(
                    "count is " + count + ", but the cursor belongs to pages of " + known.count());
        }
        return known;
    }

    private Query.@Nullable Seek seek() {
        if (request.cursor() == null) {
            return null;
        }
        return cursor == null
                ? new Query.Seek(null, false)
                : new Query.Seek(new Position(cursor.key(), cursor.id()), cursor.backwards());
    }

    /** What the request wants sorted by what of that type. */
    static Query.@Nullable Sort sort(ResourceType type, SearchRequest request) {
        String by = request.sortBy();
        if (by == null || by.isBlank()) {
            return null;
        }
        AttributePath path = AttributePath.resolve(by.strip(), type)
                .or(() -> AttributePath.resolveInExtensions(by.strip(), type))
                .orElseThrow(
                        () -> ScimException.invalidPath("sortBy " + ScimException.quoted(by) + " names no attribute"));
        AttributePath leaf = path.target().isComplex()
                ? path.target()
                        .subAttribute("value")
                        .map(path::child)
                        .orElseThrow(() -> ScimException.invalidPath("sortBy " + path + " is complex; name a part"))
                : path;
        if (leaf.target().returned() == Returned.NEVER) {
            throw ScimException.invalidPath("sortBy " + leaf + " is never shown");
        }
        return new Query.Sort(leaf, request.descending());
    }
}
