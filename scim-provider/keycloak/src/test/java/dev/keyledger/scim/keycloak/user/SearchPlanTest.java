package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.service.Position;
import dev.keyledger.scim.service.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provisioning client looks for is found by an index, in a realm of 20,000 users. */
@ParameterizedClass
@EnumSource(SearchDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchPlanTest {
    private static final int USERS = 20_000;
    private static final String REALM = "large";

    @Parameter
    SearchDatabase database = SearchDatabase.H2;

    private SearchedUsers users = new SearchedUsers(database, REALM);

    @BeforeParameterizedClassInvocation
    void makeUsers() {
        users = new SearchedUsers(database, REALM);
        boolean h2 = database == SearchDatabase.H2;
        String all = h2 ? "(select X as n from system_range(1, " + USERS + "))" : "generate_series(1, " + USERS + ") n";
        database.change(entities -> {
            for (String insert : List.of(
                    "insert into USER_ENTITY (ID, REALM_ID, USERNAME, EMAIL, EMAIL_CONSTRAINT, EMAIL_VERIFIED, ENABLED,"
                            + " FIRST_NAME, CREATED_TIMESTAMP, NOT_BEFORE)"
                            + " select 'u' || n, 'large', 'user' || n, 'user' || n || '@x.example',"
                            + " 'user' || n || '@x.example', false, true, 'First' || n, n, 0 from ",
                    attribute("externalId", "'ext-' || n"),
                    attribute("department", "'department ' || (n / 100)"),
                    attribute("emails", "'{\"@\":0,\"type\":\"work\"}'"),
                    attribute("emails", "'{\"@\":1,\"value\":\"other' || n || '@x.example\",\"type\":\"home\"}'"),
                    attribute("emails.value", "'other' || n || '@x.example'"))) {
                entities.createNativeQuery(insert + all).executeUpdate();
            }
            entities.createNativeQuery("analyze").executeUpdate();
        });
    }

    private static String attribute(String name, String value) {
        return "insert into USER_ATTRIBUTE (ID, USER_ID, NAME, VALUE) select '" + name + value.length()
                + "-' || n, 'u' || n, '" + name + "', " + value + " from ";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id eq \"u77\"",
                "userName eq \"User77\"",
                "externalId eq \"ext-77\"",
                "externalId eq \"ext-77\" and active eq true",
                "emails.value eq \"User77@x.example\"",
                "emails.value eq \"OTHER77@x.example\"",
                "emails eq \"other77@x.example\"",
                "emails.value eq \"user77@x.example\" or emails.value eq \"other78@x.example\"",
                "emails[type eq \"work\" and value eq \"user77@x.example\"]",
                "emails[value eq \"other77@x.example\" and not (type eq \"work\")]",
                "meta.created gt \"2999-01-01T00:00:00Z\""
            })
    void isFoundByAnIndex(String filter) {
        String plan = users.plan(query(filter, null, null));
        assertReadsByIndexes(plan);
        assertThat(plan).as("not by reading the whole realm").doesNotContain("REALM_ID = 'large' */");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user1", "user5", "user99"})
    void aPageByUserNameBeginsWhereTheOneBeforeEnded(String lastName) {
        Query.Seek seek = new Query.Seek(new Position(TextNode.valueOf(lastName), "any"), false);
        for (String sortBy : new String[] {null, "userName"}) {
            String plan = users.plan(query(null, sortBy, seek));
            assertReadsByIndexes(plan);
            assertThat(plan).as("in the order of the index").containsAnyOf("index sorted", "Index Scan using");
            assertThat(plan).doesNotContain("Sort Key");
        }
    }

    private static void assertReadsByIndexes(String plan) {
        assertThat(plan).doesNotContain("Seq Scan").doesNotContain("tableScan");
    }

    private static Query query(@Nullable String filter, @Nullable String sortBy, Query.@Nullable Seek seek) {
        return new Query(
                filter == null ? null : Filter.parse(filter, SearchedUsers.SCHEMA.userType()),
                sortBy == null
                        ? null
                        : new Query.Sort(
                                AttributePath.resolve(sortBy, SearchedUsers.SCHEMA.userType())
                                        .orElseThrow(),
                                false),
                1,
                10,
                Projection.defaults(SearchedUsers.SCHEMA.userType()),
                seek);
    }
}
