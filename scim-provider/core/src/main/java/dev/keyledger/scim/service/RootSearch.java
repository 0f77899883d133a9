package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.SharedFilter;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.DateTime;
import dev.keyledger.scim.schema.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A query at the root: over the resources of all types that the client may read. RFC 7644 section 3.4.2.1.
 *
 * <p>An attribute that a type does not have is unassigned for its resources: filters see it so, and sorting puts them where it
 * puts resources without a value. Resources stand type by type, each type in its own order, unless they are sorted by
 * an attribute that several types have; then the types' sorted lists are merged. Pages neither repeat nor skip.
 */
public final class RootSearch {
    /** The last index that a merge of sorted lists reaches, because it has to read everything before. */
    public static final int MAX_MERGED = 10_000;

    private static final int WINDOW = 200;
    private static final List<String> COSTLY = List.of("members", "groups");

    private final List<ResourceType> types;
    private final List<ScimService> services;
    private final int maxResults;

    /**
     * A search over the services' resources.
     *
     * @param types      all types, also those of which the client may see nothing: their attributes may be asked for
     * @param services   of the types that the client may search, in the order in which they are listed
     * @param maxResults the most resources in one page, also the default
     */
    public RootSearch(List<ResourceType> types, List<ScimService> services, int maxResults) {
        this.types = List.copyOf(types);
        this.services = List.copyOf(services);
        this.maxResults = maxResults;
    }

    /** The answer to the request; a page of several types is asked for by index. */
    public ListResponse search(SearchRequest request) {
        if (request.cursor() != null) {
            throw ScimException.invalidCursor("cursors lead through one type, at its endpoint; here use startIndex");
        }
        int count = request.count() == null ? maxResults : Math.min(request.count(), maxResults);
        List<Part> parts = parts(request);
        boolean merged = count > 0 && parts.stream().filter(Part::isSorted).count() > 1;
        return merged ? merge(parts, request, count) : concatenate(parts, request.startIndex(), count);
    }

    private List<Part> parts(SearchRequest request) {
        String by = request.sortBy() == null || request.sortBy().isBlank()
                ? null
                : request.sortBy().strip();
        if (by != null
                && types.stream()
                        .allMatch(type -> AttributePath.resolve(by, type).isEmpty())) {
            throw ScimException.invalidPath("sortBy " + ScimException.quoted(by) + " names no attribute of any type");
        }
        List<Part> parts = new ArrayList<>();
        for (ScimService service : services) {
            ResourceType type = service.type();
            boolean sorts = by != null && AttributePath.resolve(by, type).isPresent();
            parts.add(new Part(
                    service,
                    SharedFilter.parse(request.filter(), type, types),
                    sorts ? Search.sort(type, request) : null,
                    Projection.of(type, request.attributes(), request.excludedAttributes())));
        }
        Comparator<Part> sortedFirst = Comparator.comparing(part -> !part.isSorted());
        parts.sort(request.descending() ? sortedFirst.reversed() : sortedFirst);
        return parts;
    }

    private static ListResponse concatenate(List<Part> parts, int startIndex, int count) {
        List<ObjectNode> page = new ArrayList<>();
        long total = 0;
        for (Part part : parts) {
            long from = Math.max(1, startIndex - total);
            SearchResult found = part.search((int) from, count - page.size(), part.shown());
            found.resources().forEach(resource -> page.add(part.projection.apply(resource)));
            total += found.totalResults();
        }
        return new ListResponse(total, startIndex, page);
    }

    private static ListResponse merge(List<Part> parts, SearchRequest request, int count) {
        long end = request.startIndex() - 1L + count;
        if (end > MAX_MERGED) {
            throw ScimException.tooMany("a search over several types that is sorted ends at index " + MAX_MERGED
                    + "; narrow it by a filter, or search one type");
        }
        List<Reader> readers =
                parts.stream().map(part -> new Reader(part, (int) end)).toList();
        Comparator<Key> byKey = request.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<Reader> first = Comparator.comparing(Reader::head, byKey);
        List<ObjectNode> page = new ArrayList<>();
        for (int index = 1; index <= end; index++) {
            Reader next = readers.stream().filter(Reader::hasNext).min(first).orElse(null);
            if (next == null) {
                break;
            }
            Resource resource = next.take();
            if (index >= request.startIndex()) {
                page.add(next.part.projection.apply(resource));
            }
        }
        return new ListResponse(
                readers.stream().mapToLong(reader -> reader.total).sum(), request.startIndex(), page);
    }

    /** The part of the search that concerns one type. */
    private record Part(ScimService service, SharedFilter filter, Query.@Nullable Sort sort, Projection projection) {
        boolean isSorted() {
            return sort != null;
        }

        SearchResult search(int startIndex, int count, Projection read) {
            return filter.isPossible()
                    ? service.page(new Query(filter.filter(), sort, startIndex, count, read))
                    : new SearchResult(List.of(), 0);
        }

        /** What has to be read to be shown; a version is of the whole content. */
        Projection shown() {
            return projection.includes("meta.version") ? whole() : projection;
        }

        /** What has to be read to be shown and sorted. */
        Projection whole() {
            String[] unread = COSTLY.stream()
                    .filter(attribute -> !projection.includes(attribute))
                    .toArray(String[]::new);
            return Projection.everything(service.type(), unread);
        }

        Key key(Resource resource) {
            if (sort == null) {
                return new Key(true, "");
            }
            List<JsonNode> values = sort.path().values(resource);
            String text = values.isEmpty() ? "" : values.get(0).asText();
            return new Key(values.isEmpty(), comparable(sort.path().target(), text));
        }

        private static String comparable(AttributeDefinition attribute, String text) {
            if (attribute.type() == AttributeType.DATE_TIME) {
                return DateTime.parse(text)
                        .map(instant -> String.format(Locale.ROOT, "%019d", instant.toEpochMilli()))
                        .orElse(text);
            }
            return attribute.caseExact() ? text : text.toLowerCase(Locale.ROOT);
        }
    }

    /** Where a resource stands among those of other types. */
    private record Key(boolean isUnassigned, String text) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byPresence = Boolean.compare(isUnassigned, other.isUnassigned);
            return byPresence == 0 ? text.compareTo(other.text) : byPresence;
        }
    }

    /** Reads the sorted list of one type from its beginning, window by window. */
    private static final class Reader {
        private final Part part;
        private final int end;
        private final Deque<Resource> window = new ArrayDeque<>();
        private long total;
        private int read;

        Reader(Part part, int end) {
            this.part = part;
            this.end = end;
            readOn();
        }

        boolean hasNext() {
            return !window.isEmpty();
        }

        Key head() {
            return part.key(window.element());
        }

        Resource take() {
            Resource taken = window.remove();
            if (window.isEmpty() && read < Math.min(end, total)) {
                readOn();
            }
            return taken;
        }

        private void readOn() {
            SearchResult found = part.search(read + 1, Math.min(WINDOW, end - read), part.whole());
            total = found.totalResults();
            window.addAll(found.resources());
            read += found.resources().size();
        }
    }
}
