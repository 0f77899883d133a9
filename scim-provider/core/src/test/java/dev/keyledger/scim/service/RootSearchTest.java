package dev.keyledger.scim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootSearchTest {
    private static final List<ResourceType> TYPES = List.of(CoreSchemas.USER_TYPE, CoreSchemas.GROUP_TYPE);

    private final RootSearch search = new RootSearch(
            TYPES,
            List.of(
                    service(CoreSchemas.USER_TYPE, "u", "delta", "Alpha", "", "echo"),
                    service(CoreSchemas.GROUP_TYPE, "g", "bravo", "Foxtrot", "charlie")),
            100);

    @ParameterizedTest
    @CsvSource({
        "1, 100, u1 u2 u3 u4 g1 g2 g3",
        "1, 3, u1 u2 u3",
        "3, 3, u3 u4 g1",
        "5, 2, g1 g2",
        "7, 5, g3",
        "9, 5, ''"
    })
    void pagesGoOnFromTypeToType(int startIndex, int count, String ids) {
        assertPage(Map.of("startIndex", "" + startIndex, "count", "" + count), ids);
    }

    @Test
    void noCountAsksForTheTotalAlone() {
        assertPage(Map.of("count", "0"), "");
        assertPage(Map.of("count", "0", "sortBy", "displayName"), "");
    }

    @ParameterizedTest
    @CsvSource({"1, 100, u2 g1 g3 u1 u4 g2 u3", "2, 3, g1 g3 u1", "6, 1, g2", "7, 9, u3", "8, 9, ''"})
    void whatSeveralTypesHaveIsSortedAcrossThem(int startIndex, int count, String ids) {
        assertPage(Map.of("sortBy", "displayName", "startIndex", "" + startIndex, "count", "" + count), ids);
    }

    @Test
    void descendingIsTheReverse() {
        assertPage(Map.of("sortBy", "displayName", "sortOrder", "descending"), "u3 g2 u4 u1 g3 g1 u2");
    }

    @Test
    void typesWithoutTheAttributeStandWhereResourcesWithoutAValueDo() {
        assertPage(Map.of("sortBy", "title"), "u2 u1 u4 u3 g1 g2 g3");
        assertPage(Map.of("sortBy", "title", "sortOrder", "descending"), "g1 g2 g3 u3 u4 u1 u2");
    }

    @Test
    void aTypeThatCannotMatchIsNotAsked() {
        ListResponse found = search.search(request(Map.of("filter", "meta.resourceType eq \"Group\"")));

        assertThat(found.totalResults()).isEqualTo(3);
        assertThat(ids(found)).isEqualTo("g1 g2 g3");
    }

    @Test
    void whatIsShownIsWhatWasAskedFor() {
        ObjectNode first = search.search(request(Map.of("attributes", "title", "sortBy", "displayName", "count", "1")))
                .resources()
                .get(0);

        assertThat(first.has("displayName")).isFalse();
        assertThat(first.get("title").asText()).isEqualTo("Alpha");
    }

    @Test
    void anAttributeOfNoTypeCannotBeSortedBy() {
        assertThatThrownBy(() -> search.search(request(Map.of("sortBy", "noSuch"))))
                .hasMessageContaining("names no attribute of any type");
    }

    @Test
    void aMergeThatWouldReadTooMuchIsRefused() {
        assertThatThrownBy(() -> search.search(request(Map.of("sortBy", "displayName", "startIndex", "10000"))))
                .isInstanceOfSatisfying(
                        ScimException.class,
                        e -> assertThat(String.valueOf(e.scimType())).isEqualTo("TOO_MANY"));
    }

    private void assertPage(Map<String, String> parameters, String ids) {
        ListResponse found = search.search(request(parameters));
        assertThat(ids(found)).isEqualTo(ids);
        assertThat(found.totalResults()).isEqualTo(7);
    }

    private static SearchRequest request(Map<String, String> parameters) {
        return SearchRequest.of(parameters::get);
    }

    private static String ids(ListResponse found) {
        return String.join(
                " ",
                found.resources().stream().map(each -> each.get("id").asText()).toList());
    }

    private static ScimService service(ResourceType type, String prefix, String... names) {
        List<Resource> resources = new ArrayList<>();
        for (String name : names) {
            ObjectNode json = Json.object().put("id", prefix + (resources.size() + 1));
            if (!name.isEmpty()) {
                json.put("displayName", name);
                json.put("title", name);
            }
            resources.add(Resource.of(json));
        }
        return new ScimService(
                type,
                new SortedStore(resources),
                "https://host/scim/v2",
                100,
                () -> new Cursors(new byte[32], () -> Instant.EPOCH));
    }

    /** Sorts as a database does; the filters of these tests leave nothing for it to select. */
    private record SortedStore(List<Resource> resources) implements ResourceStore {
        @Override
        public SearchResult search(Query query) {
            List<Resource> sorted = new ArrayList<>(resources);
            Query.Sort sort = query.sort();
            if (sort != null) {
                Comparator<Resource> order = Comparator.comparing(resource -> sort.path().values(resource).stream()
                        .map(value -> value.asText().toLowerCase(java.util.Locale.ROOT))
                        .findFirst()
                        .orElse("~"));
                sorted.sort(sort.descending() ? order.reversed() : order);
            }
            return new SearchResult(
                    sorted.stream()
                            .skip(query.startIndex() - 1L)
                            .limit(query.count())
                            .toList(),
                    sorted.size());
        }

        @Override
        public Resource create(Resource resource) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Resource> find(String id, Lookup lookup) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Resource update(Update update) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Resource resource) {
            throw new UnsupportedOperationException();
        }
    }
}
