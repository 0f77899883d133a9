package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One search over users and groups. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RootSearchTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void makeUsersAndGroups() {
        realm = shared.freshRealm("root-search");
        scim = ScimClient.connect(shared, realm);
        String id = "";
        for (String name : List.of("Anna", "carl", "Emil")) {
            id = scim.create("/Users", user(name).put("displayName", name).put("title", "T" + name))
                    .get("id")
                    .asText();
        }
        scim.create("/Groups", group("Bakers", id).put("externalId", "ext-b"));
        scim.create("/Groups", group("drivers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    displayName pr                                      | Anna carl Emil Bakers drivers
                    displayName co "a"                                  | Anna carl Bakers
                    userName pr                                         | Anna carl Emil
                    not (userName pr)                                   | Bakers drivers
                    members pr                                          | Bakers
                    meta.resourceType eq "User"                         | Anna carl Emil
                    meta.resourceType eq "Group" or title eq "Tcarl"    | carl Bakers drivers
                    externalId eq "ext-b"                               | Bakers
                    schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group" | Bakers drivers
                    emails[type eq "work"] and title ew "l"             | carl Emil
                    userName eq "nobody"                                | ``
                    """)
    void aFilterIsAskedOfBothTypes(String filter, String names) {
        List<String> wanted = names.isEmpty() ? List.of() : List.of(names.split(" ", -1));

        JsonNode found = search(json("{}").put("filter", filter));
        assertThat(each(found, "displayName")).containsExactlyElementsOf(wanted);
        assertThat(found.get("totalResults").asInt()).isEqualTo(wanted.size());
        assertThat(scim.read("?filter=" + Http.encode(filter))).isEqualTo(found);
    }

    @Test
    void pagesNeitherRepeatNorSkip() {
        for (String order : List.of("", "'sortBy':'displayName',", "'sortBy':'title','sortOrder':'descending',")) {
            JsonNode whole = search(json("{" + order + "'count':100}"));
            List<JsonNode> paged = new ArrayList<>();
            for (int start = 1; start <= 5; start += 2) {
                JsonNode page = search(json("{" + order + "'startIndex':" + start + ",'count':2}"));
                assertThat(page.get("totalResults").asInt()).isEqualTo(5);
                assertThat(page.get("startIndex").asInt()).isEqualTo(start);
                page.get("Resources").forEach(paged::add);
            }
            assertThat(paged).containsExactlyElementsOf(whole.get("Resources"));
        }
    }

    @Test
    void whatBothHaveIsSortedAcross() {
        assertThat(each(search(json("{'sortBy':'displayName'}")), "displayName"))
                .containsExactly("Anna", "Bakers", "carl", "drivers", "Emil");
        assertThat(each(search(json("{'sortBy':'title','sortOrder':'descending'}")), "displayName"))
                .containsExactly("Bakers", "drivers", "Emil", "carl", "Anna");
    }

    @Test
    void whatIsShownIsWhatWasAskedFor() {
        JsonNode found = search(json("{'attributes':['members','title'],'sortBy':'displayName','count':2}"));

        assertThat(found.at("/Resources/0").properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .toList())
                .containsExactlyInAnyOrder("schemas", "id", "title");
        assertThat(found.at("/Resources/1/members")).hasSize(1);
        assertThat(search(json("{'excludedAttributes':['members']}")).findValues("members"))
                .isEmpty();
    }

    @Test
    void whatIsNoSearchIsRefused() {
        assertError(post(json("{'filter':'noSuch pr'}")), 400, "invalidFilter");
        assertError(post(json("{'sortBy':'noSuch'}")), 400, "invalidPath");
        assertError(post(json("{'startIndex':9990,'count':200,'sortBy':'id'}")), 400, "tooMany");
        assertError(scim.http().get("/.search"), 405, "");
        assertError(scim.http().get("/.search/below"), 404, "");
        assertError(scim.http().post("", json("{}")), 405, "");
    }

    @Test
    void whoMaySeeOneTypeFindsThatOneOnly() {
        Http nobody = ScimClient.connect(shared, realm, "root-curious", List.of("query-users", "query-groups"))
                .http();
        assertError(nobody.get("?filter=" + Http.encode("userName eq \"anna\"")), 403, "");
    }

    private JsonNode search(ObjectNode request) {
        return post(request).expect(200).json();
    }

    private Http.Reply post(ObjectNode request) {
        request.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:SearchRequest");
        return scim.http().post("/.search", request);
    }
}
