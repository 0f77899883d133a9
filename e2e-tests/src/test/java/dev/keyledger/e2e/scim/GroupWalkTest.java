package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a Group resource, and who is in it after each kind of request. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupWalkTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));
    private List<String> people = List.of();

    @BeforeParameterizedClassInvocation
    void makePeople() {
        realm = shared.freshRealm("group-walk");
        scim = ScimClient.connect(shared, realm);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(scim.createUser("person-" + (char) ('a' + i)));
        }
        people = ids;
    }

    @Test
    void aGroupComesBackExactly() {
        Instant before = Instant.now().minusSeconds(2);
        ObjectNode sent = group("Exact", people.get(0), people.get(1)).put("externalId", "Ext-Group");
        Http.Reply reply = scim.http().post("/Groups", sent).expect(201);
        JsonNode created = reply.json();
        String location = scim.http().base() + "/Groups/" + created.get("id").asText();

        assertThat(reply.header("Location")).hasValue(location);
        assertThat(reply.header("ETag")).hasValue(created.at("/meta/version").asText());
        assertThat(created.at("/meta/location").asText()).isEqualTo(location);
        assertThat(created.at("/meta/resourceType").asText()).isEqualTo("Group");
        assertThat(Instant.parse(created.at("/meta/created").asText())).isAfter(before);
        assertThat(created.get("externalId").asText()).isEqualTo("Ext-Group");
        assertThat(created.get("members")).hasSize(2);
        assertThat(created.at("/members/0"))
                .isEqualTo(json("{'value':'" + people.get(0) + "','$ref':'"
                        + scim.http().base() + "/Users/" + people.get(0) + "','type':'User'}"));
        assertThat(scim.read("/Groups/" + created.get("id").asText())).isEqualTo(created);
    }

    @Test
    void aMemberKnowsItsGroups() {
        String id = create("Known", people.get(2));
        JsonNode user = scim.read("/Users/" + people.get(2) + "?attributes=groups");
        assertThat(user.get("groups"))
                .contains(json("{'value':'" + id + "','$ref':'" + scim.http().base() + "/Groups/" + id
                        + "','display':'Known','type':'direct'}"));
        scim.http().delete("/Groups/" + id).expect(204);
        assertThat(scim.read("/Users/" + people.get(2)).path("groups").toString())
                .doesNotContain(id);
    }

    @Test
    void membersAreAddedAndRemovedAsDeltas() {
        String id = create("Deltas", people.get(0));
        change(id, "{'op':'add','path':'members','value':[" + member(1) + "," + member(2) + "]}");
        assertMembers(id, 0, 1, 2);
        change(id, "{'op':'add','value':{'members':[" + member(3) + "]}}");
        assertMembers(id, 0, 1, 2, 3);
        change(id, "{'op':'add','path':'members','value':" + member(4) + "}");
        assertMembers(id, 0, 1, 2, 3, 4);
        change(id, "{'op':'remove','path':'members[value eq \"" + people.get(0) + "\"]'}");
        assertMembers(id, 1, 2, 3, 4);
        change(
                id,
                "{'op':'remove','path':'members[value eq \"" + people.get(1) + "\" or value eq \"" + people.get(2)
                        + "\"]'}");
        assertMembers(id, 3, 4);
        change(id, "{'op':'remove','path':'members','value':[" + member(3) + "]}");
        assertMembers(id, 4);
        change(id, "{'op':'remove','path':'members[display eq \"person-e\"]'}");
        assertMembers(id);
    }

    @Test
    void theOrderOfOperationsDecides() {
        String id = create("Order", people.get(0));
        change(
                id,
                "{'op':'remove','path':'members'}",
                "{'op':'add','path':'members','value':[" + member(1) + "," + member(2) + "]}",
                "{'op':'remove','path':'members[value eq \"" + people.get(1) + "\"]'}",
                "{'op':'replace','path':'displayName','value':'Order kept'}");
        assertMembers(id, 2);
        assertThat(scim.read("/Groups/" + id).get("displayName").asText()).isEqualTo("Order kept");
        change(
                id,
                "{'op':'add','path':'members','value':[" + member(5) + "]}",
                "{'op':'replace','path':'members','value':[" + member(6) + "]}");
        assertMembers(id, 6);
    }

    @Test
    void addingAMemberAndRemovingAStrangerChangesNothing() {
        String id = create("Calm", people.get(0));
        JsonNode before = scim.read("/Groups/" + id);
        change(id, "{'op':'add','path':'members','value':[" + member(0) + "]}");
        change(id, "{'op':'remove','path':'members[value eq \"" + people.get(1) + "\"]'}");
        change(id, "{'op':'remove','path':'members[value eq \"no-such-user\"]'}");
        assertThat(scim.read("/Groups/" + id)).isEqualTo(before);
    }

    @Test
    void aPutSaysExactlyWhoIsIn() {
        String id = create("Put", people.get(0), people.get(1));
        JsonNode replaced = scim.http()
                .put("/Groups/" + id, group("Put again", people.get(1), people.get(2)))
                .expect(200)
                .json();
        assertThat(replaced.get("displayName").asText()).isEqualTo("Put again");
        assertThat(replaced.get("members")).hasSize(2);
        assertMembers(id, 1, 2);
        scim.http().put("/Groups/" + id, group("Put again")).expect(200);
        assertMembers(id);
    }

    @Test
    void twelveMembersAreTwelveMembers() {
        String id = create("Twelve");
        List<String> all = new ArrayList<>();
        people.forEach(person -> all.add("{'value':'" + person + "'}"));
        change(id, "{'op':'add','path':'members','value':[" + String.join(",", all) + "]}");
        assertMembers(id, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        change(id, "{'op':'remove','path':'members[value eq \"" + people.get(11) + "\"]'}");
        assertMembers(id, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void membersAreLeftOutWhereNobodyWantsThem() {
        String id = create("Excluded", people.get(0));
        assertThat(scim.read("/Groups/" + id + "?excludedAttributes=members").has("members"))
                .isFalse();
        assertThat(scim.read("/Groups/" + id + "?attributes=displayName").has("members"))
                .isFalse();
        JsonNode found =
                scim.read("/Groups?excludedAttributes=members&filter=" + Http.encode("displayName eq \"EXCLUDED\""));
        assertThat(each(found, "id")).containsExactly(id);
        assertThat(found.at("/Resources/0").has("members")).isFalse();
        assertThat(scim.search("/Groups", "displayName eq \"Excluded\"").at("/Resources/0/members"))
                .hasSize(1);
        Http.Reply patched = scim.http()
                .patch(
                        "/Groups/" + id + "?attributes=members",
                        patch("{'op':'add','path':'members','value':[" + member(1) + "]}"));
        assertThat(patched.expect(200).json().get("members")).hasSize(2);
    }

    @Test
    void aChangeOfMembersMovesTheVersionAndTheTimeOfChange() {
        String path = "/Groups/" + create("Versions");
        JsonNode before = scim.read(path);
        change(path.substring(8), "{'op':'add','path':'members','value':[" + member(0) + "]}");
        JsonNode after = scim.read(path);

        assertThat(after.at("/meta/version")).isNotEqualTo(before.at("/meta/version"));
        assertThat(Instant.parse(after.at("/meta/lastModified").asText()))
                .isAfter(Instant.parse(before.at("/meta/lastModified").asText()));
        Http stale = scim.http().with("If-Match", before.at("/meta/version").asText());
        assertError(stale.patch(path, patch("{'op':'remove','path':'members'}")), 412, "");
        assertError(stale.put(path, group("Versions")), 412, "");
        assertThat(scim.read(path)).isEqualTo(after);
        scim.http()
                .with("If-None-Match", after.at("/meta/version").asText())
                .get(path)
                .expect(304);
    }

    @Test
    void aGroupWithoutANameOrWithATakenOneIsRefused() {
        create("Taken");
        String other = create("Other");
        assertError(scim.http().post("/Groups", group("Taken")), 409, "uniqueness");
        assertError(scim.http().put("/Groups/" + other, group("Taken")), 409, "uniqueness");
        ObjectNode rename = patch("{'op':'replace','path':'displayName','value':'Taken'}");
        assertError(scim.http().patch("/Groups/" + other, rename), 409, "uniqueness");
        assertError(scim.http().post("/Groups", group("")), 400, "invalidValue");
        ObjectNode nameless =
                json("{'schemas':['" + ScimClient.GROUP + "'],'displayName':'N','members':[{'type':'User'}]}");
        assertError(scim.http().post("/Groups", nameless), 400, "invalidValue");
        assertError(scim.http().post("/Groups", group("x".repeat(256))), 400, "invalidValue");
        assertError(
                scim.http().patch("/Groups/" + other, patch("{'op':'remove','path':'displayName'}")),
                400,
                "mutability");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'members','value':[{'display':'nobody'}]}",
                "{'op':'replace','path':'members','value':[{}]}",
                "{'op':'add','path':'members','value':[{'value':''}]}",
                "{'op':'add','path':'members','value':[{'value':'no-such-user'}]}",
                "{'op':'add','path':'members','value':7}",
                "{'op':'remove','path':'members','value':[]}",
                "{'op':'replace','path':'members'}"
            })
    void membersThatAreNoneAreRefusedAsAWhole(String operation) {
        String id = create("Refusing " + operation.hashCode(), people.get(0));
        JsonNode before = scim.read("/Groups/" + id);
        ObjectNode change = patch("{'op':'add','path':'members','value':[" + member(1) + "]}", operation);
        assertError(scim.http().patch("/Groups/" + id, change), 400, "invalidValue");
        assertThat(scim.read("/Groups/" + id)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    displayName eq "finance"                             | Finance
                    displayName sw "fin"                                 | Finance Finland
                    displayName co "LAN" or displayName ew "ance"        | Finance Finland
                    displayName sw "fin" and not (displayName co "land") | Finance
                    displayName sw "fin" and displayName ne "Finance"    | Finland
                    displayName gt "finance" and displayName sw "fin"    | Finland
                    externalId eq "fin-1"                                | Finance
                    externalId eq "FIN-1"                                |
                    externalId pr and displayName sw "fin"               | Finance
                    members pr and displayName sw "fin"                  | Finland
                    members.value eq "PERSON" and displayName sw "fin"   | Finland
                    members[value eq "PERSON"] and displayName sw "fin"  | Finland
                    members.display sw "PERS" and displayName sw "fin"   | Finland
                    members[type eq "User" and not (value ne "PERSON")] and displayName sw "fin" | Finland
                    members[type eq "Group" or $ref ew "nobody"] and displayName sw "fin" |
                    meta.created gt "2020-01-01T00:00:00Z" and displayName sw "fin" | Finance Finland
                    schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group" and displayName sw "fin" | Finance Finland
                    meta.resourceType eq "Group" and displayName sw "fin" | Finance Finland
                    """)
    void aFilterFindsExactly(String filter, String wanted) {
        if (scim.search("/Groups", "displayName sw \"fin\"").get("totalResults").asInt() == 0) {
            scim.create("/Groups", group("Finance").put("externalId", "fin-1"));
            create("Finland", people.get(7));
        }
        JsonNode found = scim.search("/Groups", filter.replace("PERSON", people.get(7)));
        assertThat(each(found, "displayName")).isEqualTo(wanted == null ? List.of() : List.of(wanted.split(" ", -1)));
    }

    private String create(String name, String... members) {
        return scim.create("/Groups", group(name, members)).get("id").asText();
    }

    private void change(String id, String... operations) {
        scim.http().patch("/Groups/" + id, patch(operations)).expect(200);
    }

    private String member(int person) {
        return "{'value':'" + people.get(person) + "'}";
    }

    /** As SCIM says and as Keycloak's administrator sees. */
    private void assertMembers(String id, int... persons) {
        List<String> wanted = new ArrayList<>();
        for (int person : persons) {
            wanted.add(people.get(person));
        }
        List<String> scimIds = new ArrayList<>();
        scim.read("/Groups/" + id)
                .path("members")
                .forEach(each -> scimIds.add(each.get("value").asText()));
        List<String> adminIds = new ArrayList<>();
        shared.admin()
                .realm(realm)
                .get("/groups/" + id + "/members")
                .json()
                .forEach(each -> adminIds.add(each.get("id").asText()));
        assertThat(scimIds).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(adminIds).containsExactlyInAnyOrderElementsOf(wanted);
    }
}
