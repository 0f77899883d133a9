package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.keycloak.query.Page;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.service.Position;
import dev.keyledger.scim.service.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.jpa.entities.UserEntity;

/** Sorting by every attribute, and walking through the result forwards and backwards by its keys. */
@ParameterizedClass
@EnumSource(SearchDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SortSqlTest {
    private static final List<String> PATHS = List.of(
            "id",
            "userName",
            "externalId",
            "title",
            "displayName",
            "name.formatted",
            "name.givenName",
            "name.familyName",
            "name.middleName",
            "active",
            "profileUrl",
            "emails.value",
            "emails.type",
            "emails.display",
            "emails.primary",
            "phoneNumbers.value",
            "phoneNumbers.type",
            "phoneNumbers.primary",
            "addresses.locality",
            "addresses.formatted",
            "roles.value",
            "roles.type",
            "entitlements.value",
            "x509Certificates.value",
            "groups.value",
            "groups.display",
            "groups.type",
            "meta.created",
            "meta.lastModified",
            CoreSchemas.ENTERPRISE_USER_URN + ":department",
            CoreSchemas.ENTERPRISE_USER_URN + ":manager.value");

    @Parameter
    SearchDatabase database = SearchDatabase.H2;

    private SearchedUsers users = new SearchedUsers(database, "");

    @BeforeParameterizedClassInvocation
    void makeUsers() {
        users = SearchedUsers.odd(database);
    }

    @Test
    void sortsByEveryAttributeAsTheRfcSays() {
        for (String path : PATHS) {
            for (boolean descending : new boolean[] {false, true}) {
                Query.Sort sort = sort(path, descending);
                assertThat(ids(users.find(query(sort, null, 100, null))))
                        .as("by %s, descending %s", path, descending)
                        .isEqualTo(sorted(sort));
            }
        }
    }

    @Test
    void keysLeadThroughTheWholeResultAndBack() {
        for (String path : PATHS) {
            for (boolean descending : new boolean[] {false, true}) {
                Query.Sort sort = sort(path, descending);
                List<String> forwards = walk(sort, null, false);
                assertThat(forwards)
                        .as("by %s, descending %s", path, descending)
                        .isEqualTo(sorted(sort));
            }
        }
        assertThat(walk(null, null, false))
                .isEqualTo(users.resources().stream().map(SortSqlTest::id).toList());
    }

    @Test
    void keysLeadBackFromTheEnd() {
        for (String path : PATHS) {
            Query.Sort sort = sort(path, true);
            Page<UserEntity> all = users.find(query(sort, null, 100, new Query.Seek(null, false)));
            List<String> backwards = walk(sort, all.last(), true);
            Collections.reverse(backwards);
            List<String> wanted = new ArrayList<>(ids(all));
            wanted.remove(wanted.size() - 1);
            assertThat(backwards).as("by %s", path).isEqualTo(wanted);
        }
    }

    @Test
    void thePageTellsTheTotalWithoutACountWhereItCan() {
        SearchDatabase.STATEMENTS.clear();
        assertThat(users.find(query(null, null, 100, null)).total()).isEqualTo(9);
        assertThat(users.find(query(null, "userName eq \"bob\"", 5, null)).total())
                .isEqualTo(1);
        assertThat(users.find(query(null, "userName eq \"nobody\"", 5, null)).total())
                .isZero();
        assertThat(users.find(query(null, null, 100, new Query.Seek(null, false)))
                        .total())
                .isEqualTo(9);
        assertThat(SearchDatabase.STATEMENTS).hasSize(4).noneMatch(sql -> sql.contains("count("));
        assertThat(users.find(query(null, null, 5, null)).total()).isEqualTo(9);
        assertThat(users.find(query(null, null, 0, null)).total()).isEqualTo(9);
        assertThat(SearchDatabase.STATEMENTS).hasSize(7);
    }

    /** The ids on pages of two, in the order in which they were met. */
    private List<String> walk(Query.@Nullable Sort sort, @Nullable Position from, boolean backwards) {
        List<String> met = new ArrayList<>();
        Position at = from;
        boolean more = true;
        while (more) {
            Page<UserEntity> page = users.find(query(sort, null, 2, new Query.Seek(at, backwards)));
            List<String> ids = new ArrayList<>(ids(page));
            if (backwards) {
                Collections.reverse(ids);
            }
            met.addAll(ids);
            at = backwards ? page.first() : page.last();
            more = page.more();
        }
        return met;
    }

    private static Query query(
            Query.@Nullable Sort sort, @Nullable String filter, int count, Query.@Nullable Seek seek) {
        return new Query(
                filter == null ? null : Filter.parse(filter, SearchedUsers.SCHEMA.userType()),
                sort,
                1,
                count,
                Projection.defaults(SearchedUsers.SCHEMA.userType()),
                seek);
    }

    private static Query.Sort sort(String path, boolean descending) {
        return new Query.Sort(
                AttributePath.resolve(path, SearchedUsers.SCHEMA.userType()).orElseThrow(), descending);
    }

    private static List<String> ids(Page<UserEntity> page) {
        return page.rows().stream().map(UserEntity::getId).toList();
    }

    /** The ids in the order that the RFC wants, those without a value last when ascending. */
    private List<String> sorted(Query.Sort sort) {
        Comparator<Optional<String>> absentLast =
                Comparator.comparing(key -> key.orElse(null), Comparator.nullsLast(Comparator.<String>naturalOrder()));
        Comparator<Resource> byKey = Comparator.comparing(user -> key(sort.path(), user), absentLast);
        if (sort.descending()) {
            byKey = byKey.reversed();
        }
        boolean byId = sort.path().notation().equals("id");
        return users.resources().stream()
                .sorted(byId ? byKey : byKey.thenComparing(SortSqlTest::id))
                .map(SortSqlTest::id)
                .toList();
    }

    private static Optional<String> key(AttributePath path, Resource user) {
        List<JsonNode> elements = path.elements(user);
        Optional<JsonNode> element = Stream.concat(
                        elements.stream().filter(each -> each.path("primary").asBoolean()), elements.stream())
                .findFirst();
        AttributeDefinition part = path.subAttribute();
        return element.map(each -> part == null
                        ? each
                        : Json.get((com.fasterxml.jackson.databind.node.ObjectNode) each, part.name()))
                .map(JsonNode::asText)
                .map(text -> text.substring(0, Math.min(text.length(), 255)))
                .map(text -> path.target().caseExact() ? text : text.toLowerCase(Locale.ROOT));
    }

    private static String id(Resource user) {
        return user.id().orElseThrow();
    }
}
