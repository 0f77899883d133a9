package dev.keyledger.scim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SearchByCursorTest {
    private final SortedStore store = new SortedStore();
    private final ScimService service = new ScimService(
            CoreSchemas.USER_TYPE,
            store,
            "https://host/scim/v2",
            4,
            () -> new Cursors(new byte[32], () -> Instant.EPOCH));

    @Test
    void pagesFollowOneAnotherToTheEndAndBack() {
        store.add("a", "b", "c", "d", "e");

        ObjectNode first = search("cursor", "", "count", "2");
        ObjectNode second = search("cursor", next(first), "count", "2");
        ObjectNode last = search("cursor", next(second), "count", "2");

        assertThat(List.of(names(first), names(second), names(last)))
                .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
        assertThat(first.has("previousCursor")).isFalse();
        assertThat(last.has("nextCursor")).isFalse();
        ObjectNode back = search("cursor", previous(last), "count", "2");
        assertThat(names(back)).containsExactly("c", "d");
        ObjectNode start = search("cursor", previous(back), "count", "2");
        assertThat(names(start)).containsExactly("a", "b");
        assertThat(start.has("previousCursor")).isFalse();
        assertThat(names(search("cursor", next(start), "count", "2"))).containsExactly("c", "d");
    }

    @Test
    void theFirstPageIsCountedAndTheOthersRepeatTheNumber() {
        store.add("a", "b", "c");
        ObjectNode first = search("cursor", "", "count", "1");
        store.add("d");
        ObjectNode second = search("cursor", next(first), "count", "1");

        assertThat(first.get("totalResults").asInt()).isEqualTo(3);
        assertThat(second.get("totalResults").asInt()).isEqualTo(3);
        assertThat(second.has("startIndex")).isFalse();
        assertThat(second.get("itemsPerPage").asInt()).isEqualTo(1);
    }

    @Test
    void whatComesAndGoesBetweenPagesNeitherRepeatsNorHidesOthers() {
        store.add("b", "d", "f", "h");
        ObjectNode first = search("cursor", "", "count", "2");
        store.names.remove("d");
        store.add("a", "g");

        assertThat(names(search("cursor", next(first), "count", "2"))).containsExactly("f", "g");
    }

    @Test
    void whereNothingIsLeftBeforeAPageTheFirstPageIsShown() {
        store.add("a", "b", "c");
        ObjectNode second = search("cursor", next(search("cursor", "", "count", "1")), "count", "1");
        store.names.remove("a");

        assertThat(names(search("cursor", previous(second), "count", "1"))).containsExactly("b");
    }

    @Test
    void aPageIsNeverLongerThanTheLimitAndOnlyTheTotalIsToldForNone() {
        store.add("a", "b", "c", "d", "e", "f");

        ObjectNode first = search("cursor", "", "count", "100");
        assertThat(names(first)).hasSize(4);
        assertThat(names(search("cursor", next(first), "count", "100"))).containsExactly("e", "f");
        assertThat(names(search("cursor", ""))).hasSize(4);
        ObjectNode none = search("cursor", "", "count", "0");
        assertThat(none.get("totalResults").asInt()).isEqualTo(6);
        assertThat(none.has("nextCursor")).isFalse();
    }

    @Test
    void aCursorIsGoodForItsQueryAndCountOnly() {
        store.add("a", "b", "c");
        String cursor = next(search("cursor", "", "count", "1", "filter", "userName pr"));

        assertThat(names(search("cursor", cursor, "count", "1", "filter", "USERNAME PR")))
                .containsExactly("b");
        assertRefused(ScimType.INVALID_CURSOR, "cursor", cursor, "count", "1");
        assertRefused(ScimType.INVALID_CURSOR, "cursor", cursor, "count", "1", "filter", "title pr");
        assertRefused(
                ScimType.INVALID_CURSOR, "cursor", cursor, "count", "1", "filter", "userName pr", "sortBy", "title");
        assertRefused(ScimType.INVALID_COUNT, "cursor", cursor, "count", "2", "filter", "userName pr");
        assertRefused(ScimType.INVALID_COUNT, "cursor", "", "count", "many");
        assertRefused(ScimType.INVALID_VALUE, "count", "many");
        assertRefused(ScimType.INVALID_VALUE, "cursor", "", "startIndex", "2");
    }

    private ObjectNode search(String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return service.search(SearchRequest.of(values::get)).toJson();
    }

    private void assertRefused(ScimType wanted, String... parameters) {
        assertThatThrownBy(() -> search(parameters))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo(wanted));
    }

    private static String next(ObjectNode page) {
        return page.get("nextCursor").asText();
    }

    private static String previous(ObjectNode page) {
        return page.get("previousCursor").asText();
    }

    private static List<String> names(ObjectNode page) {
        List<String> names = new ArrayList<>();
        page.get("Resources").forEach(user -> names.add(user.get("userName").asText()));
        return names;
    }

    /** Users sorted by their names, which are their ids; it finds them all, whatever the filter. */
    private static final class SortedStore implements ResourceStore {
        final TreeSet<String> names = new TreeSet<>();

        void add(String... added) {
            Collections.addAll(names, added);
        }

        @Override
        public SearchResult search(Query query) {
            Query.Seek seek = query.seek();
            assertThat(seek).isNotNull();
            boolean backwards = seek != null && seek.backwards();
            Position from = seek == null ? null : seek.from();
            List<String> beyond = new ArrayList<>(from == null ? names : beyond(from.id(), backwards));
            List<String> page = new ArrayList<>(beyond.subList(0, Math.min(beyond.size(), query.count())));
            if (backwards) {
                Collections.reverse(page);
            }
            return new SearchResult(
                    page.stream().map(SortedStore::user).toList(),
                    query.wantsTotal() ? names.size() : -1,
                    page.isEmpty() ? null : position(page.get(0)),
                    page.isEmpty() ? null : position(page.get(page.size() - 1)),
                    beyond.size() > page.size() && !page.isEmpty());
        }

        private List<String> beyond(String id, boolean backwards) {
            return List.copyOf(backwards ? names.headSet(id, false).descendingSet() : names.tailSet(id, false));
        }

        private static Position position(String name) {
            return new Position(TextNode.valueOf(name), name);
        }

        private static Resource user(String name) {
            return Resource.of(Json.object().put("id", name).put("userName", name));
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
