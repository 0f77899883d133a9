package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The groups of an organization, as its connection has them, and every way to groups that are not its. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationGroupTest {
    private static final String BULK = "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");
    private Http admin = new Http("");
    private Http all = new Http("");
    private Http scim = new Http("");
    private Http other = new Http("");
    private String acme = "";
    private String outsider = "";
    private String ann = "";
    private String bob = "";
    private String ofRealm = "";
    private String ofOther = "";

    @BeforeParameterizedClassInvocation
    void makeTwoOrganizations() {
        connections = Connections.ofFreshRealm(shared, "organization-groups");
        admin = connections.admin().realm(connections.realm());
        admin.put("", json("{'organizationsEnabled':true}")).expect(204);
        acme = organization("acme");
        organization("other");
        all = connect("all", "{}");
        scim = connect("acme", "{'organization':'acme'}");
        other = connect("other", "{'organization':'other'}");
        outsider = id(all.post("/Users", user("outsider")));
        ann = id(scim.post("/Users", user("ann")));
        bob = id(scim.post("/Users", user("bob")));
        ofRealm = id(all.post("/Groups", group("Realm", outsider, ann)));
        ofOther = id(other.post("/Groups", group("Theirs", id(other.post("/Users", user("theirs"))))));
    }

    private String organization(String alias) {
        return AdminClient.createdId(admin.post(
                        "/organizations",
                        json("{'name':'" + alias + "','alias':'" + alias + "','domains':[{'name':'" + alias
                                + ".example'}]}"))
                .expect(201));
    }

    private Http connect(String name, String settings) {
        connections.put(name, settings);
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    private static String id(Http.Reply created) {
        return created.expect(201).json().get("id").asText();
    }

    private static ObjectNode group(String name, String... members) {
        ObjectNode group =
                json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'" + name + "'}");
        for (String each : members) {
            group.withArray("members").addObject().put("value", each);
        }
        return group;
    }

    private static String adding(String member) {
        return "{'op':'add','path':'members','value':[{'value':'" + member + "'}]}";
    }

    private static List<String> members(Http client, String group) {
        return client.get("/Groups/" + group).expect(200).json().findValuesAsText("value");
    }

    private static List<String> found(Http client, String query) {
        List<String> ids = new ArrayList<>();
        client.get(query)
                .expect(200)
                .json()
                .get("Resources")
                .forEach(each -> ids.add(each.get("id").asText()));
        return ids;
    }

    private static String filtered(String filter) {
        return "/Groups?filter=" + Http.encode(filter);
    }

    @Test
    void aGroupThatIsMadeIsTheOrganizationsInKeycloakToo() {
        JsonNode made = scim.post("/Groups", group("Made", ann).put("externalId", "x-made"))
                .expect(201)
                .json();
        String id = made.get("id").asText();
        assertThat(made.at("/meta/version").asText()).isNotEmpty();
        assertThat(made.get("externalId").asText()).isEqualTo("x-made");
        JsonNode known = admin.get("/organizations/" + acme + "/groups/" + id)
                .expect(200)
                .json();
        assertThat(known.get("name").asText()).isEqualTo("Made");
        assertThat(admin.get("/organizations/" + acme + "/groups/" + id + "/members")
                        .expect(200)
                        .json()
                        .findValuesAsText("id"))
                .containsExactly(ann);
        assertThat(admin.get("/groups").expect(200).json().findValuesAsText("id"))
                .contains(ofRealm)
                .doesNotContain(id);
        assertThat(scim.get("/Users/" + ann).json().get("groups").findValuesAsText("value"))
                .contains(id)
                .doesNotContain(ofRealm);
        scim.post("/Groups", group("Made")).expect(409);
        id(other.post("/Groups", group("Made")));
    }

    @Test
    void groupsAreFoundSortedAndPaged() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("Page c", "Page a", "Page b")) {
            ids.add(id(scim.post("/Groups", group(name, bob).put("externalId", "ext " + name))));
        }
        List<String> sorted = List.of(ids.get(1), ids.get(2), ids.get(0));
        String pages = filtered("displayName sw \"page\"") + "&sortBy=displayName";
        assertThat(found(scim, pages)).isEqualTo(sorted);
        assertThat(found(scim, pages + "&sortOrder=descending&startIndex=2&count=1"))
                .containsExactly(ids.get(2));
        JsonNode first = scim.get(pages + "&cursor&count=2").expect(200).json();
        assertThat(first.get("Resources")).hasSize(2);
        assertThat(found(
                        scim,
                        pages + "&count=2&cursor="
                                + Http.encode(first.get("nextCursor").asText())))
                .containsExactly(ids.get(0));
        assertThat(found(scim, filtered("externalId eq \"ext Page a\""))).containsExactly(ids.get(1));
        assertThat(found(scim, filtered("members.value eq \"" + bob + "\" and displayName sw \"page\"")))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found(scim, "/Users?filter=" + Http.encode("groups.display eq \"Page b\"")))
                .containsExactly(bob);
        assertThat(found(scim, "/Users?sortBy=groups.display")).contains(ann, bob);
    }

    @Test
    void membersComeAndGoAndTheVersionMoves() {
        String id = id(scim.post("/Groups", group("Moving")));
        String path = "/Groups/" + id;
        String version = scim.get(path).json().at("/meta/version").asText();
        scim.patch(path, patch(adding(ann), adding(bob))).expect(200);
        assertThat(members(scim, id)).containsExactlyInAnyOrder(ann, bob);
        assertThat(scim.get(path).json().at("/meta/version").asText()).isNotEqualTo(version);
        scim.with("If-Match", version).patch(path, patch(adding(ann))).expect(412);
        scim.patch(path, patch("{'op':'remove','path':'members[value eq \"" + ann + "\"]'}"))
                .expect(200);
        assertThat(members(scim, id)).containsExactly(bob);
        scim.put(path, group("Moved", ann)).expect(200);
        assertThat(members(scim, id)).containsExactly(ann);
        assertThat(admin.get("/organizations/" + acme + "/groups/" + id)
                        .json()
                        .get("name")
                        .asText())
                .isEqualTo("Moved");
        scim.delete(path).expect(204);
        scim.get(path).expect(404);
        admin.get("/organizations/" + acme + "/groups/" + id).expect(404);
        scim.get("/Users/" + ann).expect(200);
    }

    @Test
    void groupsAreNestedAndComeBackToTheTopOfTheOrganization() {
        String child = id(scim.post("/Groups", group("Child", ann)));
        String parent = id(scim.post("/Groups", group("Parent", child)));
        assertThat(members(scim, parent)).containsExactly(child);
        assertThat(scim.get("/Users/" + ann).json().get("groups").toString()).contains(parent, "indirect");
        scim.patch("/Groups/" + child, patch(adding(parent))).expect(400);
        scim.patch("/Groups/" + parent, patch("{'op':'remove','path':'members[value eq \"" + child + "\"]'}"))
                .expect(200);
        assertThat(tops()).contains(child, parent);
        scim.patch("/Groups/" + parent, patch(adding(child))).expect(200);
        assertThat(tops()).contains(parent).doesNotContain(child);
        scim.delete("/Groups/" + parent).expect(204);
        assertThat(tops()).contains(child).doesNotContain(parent);
        assertThat(members(scim, child)).containsExactly(ann);
    }

    private List<String> tops() {
        return StreamSupport.stream(
                        admin.get("/organizations/" + acme + "/groups")
                                .expect(200)
                                .json()
                                .spliterator(),
                        false)
                .map(each -> each.get("id").asText())
                .toList();
    }

    @Test
    void groupsOfOthersAreNotThereByWhateverNameTheyAreCalled() {
        String mine = id(scim.post("/Groups", group("Mine", ann)));
        String top = admin.get("/organizations/" + acme + "/groups/" + mine)
                .json()
                .get("parentId")
                .asText();
        assertThat(top).isNotBlank();
        for (String foreign : List.of(ofRealm, ofOther, top)) {
            String path = "/Groups/" + foreign;
            scim.get(path).expect(404);
            scim.put(path, group("Stolen")).expect(404);
            scim.patch(path, patch("{'op':'replace','path':'displayName','value':'Stolen'}"))
                    .expect(404);
            scim.patch(path, patch(adding(ann))).expect(404);
            scim.delete(path).expect(404);
            scim.patch("/Groups/" + mine, patch(adding(foreign))).expect(400);
            scim.post("/Groups", group("Catches", foreign)).expect(400);
            scim.put("/Groups/" + mine, group("Mine", ann, foreign)).expect(400);
            for (String filter : List.of(
                    "id eq \"" + foreign + "\"",
                    "members.value eq \"" + foreign + "\"",
                    "members.$ref ew \"" + foreign + "\"")) {
                assertThat(found(scim, filtered(filter))).as(filter).isEmpty();
            }
            assertThat(found(scim, "/Users?filter=" + Http.encode("groups.value eq \"" + foreign + "\"")))
                    .isEmpty();
        }
        assertThat(found(scim, filtered("displayName eq \"Realm\" or displayName eq \"Theirs\"")))
                .isEmpty();
        for (String list :
                List.of("/Groups", "/Groups?cursor", "/Groups?sortBy=id", "?filter=" + Http.encode("id pr"))) {
            assertThat(scim.get(list).expect(200).text())
                    .as(list)
                    .contains(mine)
                    .doesNotContain(ofRealm, ofOther, top);
        }
        assertThat(members(scim, mine)).containsExactly(ann);
        assertThat(members(other, ofOther)).hasSize(1);
        assertThat(members(all, ofRealm)).containsExactlyInAnyOrder(outsider, ann);
    }

    @Test
    void nobodyOutsideBecomesAMember() {
        String mine = id(scim.post("/Groups", group("Closed", ann)));
        scim.patch("/Groups/" + mine, patch(adding(outsider))).expect(400);
        scim.put("/Groups/" + mine, group("Closed", ann, outsider)).expect(400);
        scim.post("/Groups", group("Open", outsider)).expect(400);
        String filter = filtered("members.value eq \"" + outsider + "\"");
        assertThat(found(scim, filter)).isEmpty();
        JsonNode done = scim.post(
                        "/Bulk",
                        json(BULK + "[{'method':'POST','path':'/Groups','bulkId':'g','data':"
                                + group("By bulk", ann) + "},"
                                + "{'method':'PATCH','path':'/Groups/" + ofRealm + "','data':"
                                + patch("{'op':'add','path':'members','value':[{'value':'bulkId:g'}]}") + "},"
                                + "{'method':'PATCH','path':'/Groups/bulkId:g','data':" + patch(adding(outsider)) + "},"
                                + "{'method':'PATCH','path':'/Groups/bulkId:g','data':" + patch(adding(bob)) + "},"
                                + "{'method':'DELETE','path':'/Groups/" + ofOther + "'}]}"))
                .expect(200)
                .json();
        assertThat(done.get("Operations").findValuesAsText("status")).contains("201", "404", "400", "200");
        String made = found(scim, filtered("displayName eq \"By bulk\"")).get(0);
        assertThat(members(scim, made)).containsExactlyInAnyOrder(ann, bob);
        assertThat(members(all, ofRealm)).containsExactlyInAnyOrder(outsider, ann);
    }

    @Test
    void aConnectionOfTheRealmHasNoneOfThem() {
        String mine = id(scim.post("/Groups", group("Hidden", ann)));
        all.get("/Groups/" + mine).expect(404);
        all.delete("/Groups/" + mine).expect(404);
        all.patch("/Groups/" + ofRealm, patch(adding(mine))).expect(400);
        assertThat(found(all, filtered("displayName eq \"Hidden\""))).isEmpty();
        assertThat(all.get("/Users/" + ann).json().get("groups").findValuesAsText("value"))
                .contains(ofRealm)
                .doesNotContain(mine);
    }

    @Test
    void aConnectionThatSeesOnlyWhatItHasMadeDoesSoInAnOrganization() {
        Http narrow = connect("acme-narrow", "{'organization':'acme','policy':{'visibility':'provisioned'}}");
        String mine = id(narrow.post("/Groups", group("Narrow")));
        assertThat(found(narrow, "/Groups")).containsExactly(mine);
        narrow.patch("/Groups/" + mine, patch(adding(ann))).expect(400);
        assertThat(found(scim, "/Groups")).contains(mine);
    }

    @Test
    void whoLeavesTheOrganizationLeavesItsGroups() {
        String guest = id(all.post("/Users", user("guest")));
        admin.send("POST", "/organizations/" + acme + "/members", ('"' + guest + '"').getBytes(StandardCharsets.UTF_8))
                .expect(201);
        String mine = id(scim.post("/Groups", group("With a guest", guest, ann)));
        admin.delete("/organizations/" + acme + "/members/" + guest).expect(204);
        assertThat(members(scim, mine)).containsExactly(ann);
    }

    @Test
    void aGroupThatMakesAdministratorsIsNotTouched() {
        String mine = id(scim.post("/Groups", group("Bosses", ann)));
        String free = id(scim.post("/Groups", group("No bosses")));
        String management = connections.client("realm-management").get("id").asText();
        JsonNode role = admin.get("/clients/" + management + "/roles/realm-admin")
                .expect(200)
                .json();
        admin.post(
                        "/organizations/" + acme + "/groups/" + mine + "/role-mappings/clients/" + management,
                        JsonNodeFactory.instance.arrayNode().add(role))
                .expect(204);
        scim.patch("/Groups/" + mine, patch(adding(bob))).expect(403);
        scim.patch("/Groups/" + mine, patch(adding(free))).expect(403);
        scim.put("/Groups/" + mine, group("Bosses", ann, bob)).expect(403);
        scim.patch("/Groups/" + free, patch(adding(mine))).expect(403);
        scim.delete("/Groups/" + mine).expect(403);
        assertThat(members(scim, mine)).containsExactly(ann);
    }

    @Test
    void theLogHasEachChangeWithBeforeAndAfter() {
        String id = id(scim.post("/Groups", group("Logged", ann)));
        scim.patch("/Groups/" + id, patch("{'op':'replace','path':'displayName','value':'Renamed'}", adding(bob)))
                .expect(200);
        scim.patch("/Groups/" + id, patch(adding(outsider))).expect(400);
        scim.delete("/Groups/" + id).expect(204);
        connections.log().awaitSealed();
        List<JsonNode> entries = connections.log().entries("kind=scim&resourceId=" + id).stream()
                .map(each -> connections.log().entry(each.get("id").asText()))
                .toList();
        assertThat(entries)
                .extracting(each -> each.get("operation").asText()
                        + ' '
                        + each.get("outcome").asText())
                .containsExactlyInAnyOrder("CREATE success", "UPDATE success", "UPDATE failure", "DELETE success");
        JsonNode renamed = entries.stream()
                .filter(each -> each.get("operation").asText().equals("UPDATE")
                        && each.get("outcome").asText().equals("success"))
                .findFirst()
                .orElseThrow()
                .at("/slots/change/value");
        assertThat(renamed.at("/before/displayName").asText()).isEqualTo("Logged");
        assertThat(renamed.at("/after/displayName").asText()).isEqualTo("Renamed");
        assertThat(renamed.at("/after/members").findValuesAsText("value")).containsExactly(bob);
    }
}
