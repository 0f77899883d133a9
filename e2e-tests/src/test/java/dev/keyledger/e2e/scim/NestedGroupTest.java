package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups as members of groups: as SCIM shows them, and where Keycloak's administrator finds them. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NestedGroupTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));
    private Http admin = new Http("");
    private String person = "";

    @BeforeParameterizedClassInvocation
    void makeRealm() {
        realm = shared.freshRealm("nested");
        scim = ScimClient.connect(shared, realm);
        admin = shared.admin().realm(realm);
        person = scim.createUser("person");
    }

    @Test
    void aGroupIsCreatedWithUsersAndGroups() {
        String child = create("Created child");
        JsonNode parent = scim.create("/Groups", group("Created parent", person, child));
        assertThat(parent.get("members"))
                .containsExactly(
                        json("{'value':'" + person + "','$ref':'" + scim.http().base() + "/Users/" + person
                                + "','type':'User'}"),
                        json("{'value':'" + child + "','$ref':'" + scim.http().base() + "/Groups/" + child
                                + "','type':'Group'}"));
        assertThat(scim.read("/Groups/" + parent.get("id").asText() + "?attributes=members.display")
                        .get("members"))
                .containsExactly(json("{'display':'person'}"), json("{'display':'Created child'}"));
        assertThat(scim.read("/Groups/" + parent.get("id").asText())).isEqualTo(parent);
        assertThat(path(child)).isEqualTo("/Created parent/Created child");
        JsonNode groups = scim.read("/Users/" + person + "?attributes=groups").get("groups");
        assertThat(groups)
                .extracting(each -> each.get("value").asText())
                .contains(parent.get("id").asText());
    }

    @Test
    void groupsComeAndGoAsDeltas() {
        String parent = create("Parent", person);
        String one = create("One");
        String two = create("Two");
        change(
                parent,
                "{'op':'add','path':'members','value':[{'value':'" + one + "','type':'Group'},{'value':'" + two
                        + "'}]}");
        assertMembers(parent, person, one, two);
        assertThat(path(one)).isEqualTo("/Parent/One");
        change(parent, "{'op':'remove','path':'members[value eq \"" + one + "\" and type eq \"User\"]'}");
        assertMembers(parent, person, one, two);
        change(parent, "{'op':'remove','path':'members[value eq \"" + one + "\" and type eq \"group\"]'}");
        assertMembers(parent, person, two);
        assertThat(path(one)).isEqualTo("/One");
        change(parent, "{'op':'remove','path':'members','value':[{'value':'" + two + "'}]}");
        assertMembers(parent, person);
        change(parent, "{'op':'replace','path':'members','value':[{'value':'" + one + "'}]}");
        assertMembers(parent, one);
        scim.http().put("/Groups/" + parent, group("Parent", person, two)).expect(200);
        assertMembers(parent, person, two);
        assertThat(path(one)).isEqualTo("/One");
        change(parent, "{'op':'remove','path':'members[type eq \"Group\"]'}");
        assertMembers(parent, person);
        change(parent, "{'op':'remove','path':'members'}");
        assertMembers(parent);
    }

    @Test
    void aMoveMovesTheVersionOfTheParentsAndNotOfTheGroup() {
        String parent = create("Moving parent");
        String child = create("Moving child");
        JsonNode parentBefore = scim.read("/Groups/" + parent);
        JsonNode childBefore = scim.read("/Groups/" + child);
        change(parent, "{'op':'add','path':'members','value':[{'value':'" + child + "'}]}");
        JsonNode parentAfter = scim.read("/Groups/" + parent);
        assertThat(parentAfter.at("/meta/version")).isNotEqualTo(parentBefore.at("/meta/version"));
        assertThat(scim.read("/Groups/" + child)).isEqualTo(childBefore);
        change(parent, "{'op':'add','path':'members','value':[{'value':'" + child + "'}]}");
        assertThat(scim.read("/Groups/" + parent)).isEqualTo(parentAfter);

        ObjectNode representation = (ObjectNode) admin.get("/groups/" + child).json();
        admin.post("/groups", representation).expect(201, 204);
        JsonNode parentLeft = scim.read("/Groups/" + parent);
        assertThat(parentLeft.has("members")).isFalse();
        assertThat(parentLeft.at("/meta/version")).isNotEqualTo(parentAfter.at("/meta/version"));
        assertThat(path(child)).isEqualTo("/Moving child");
    }

    @Test
    void whatWouldBeNoTreeIsRefused() {
        String top = create("Top");
        String middle = scim.create("/Groups", group("Middle")).get("id").asText();
        String bottom = create("Bottom");
        change(top, "{'op':'add','path':'members','value':[{'value':'" + middle + "'}]}");
        change(middle, "{'op':'add','path':'members','value':[{'value':'" + bottom + "'}]}");
        String other = create("Other");

        assertRefused(bottom, top, 400, "invalidValue");
        assertRefused(bottom, middle, 400, "invalidValue");
        assertRefused(top, top, 400, "invalidValue");
        assertRefused(other, bottom, 400, "invalidValue");
        assertError(scim.http().post("/Groups", group("Never", bottom)), 400, "invalidValue");
        assertThat(each(scim.search("/Groups", "displayName eq \"Never\""), "id"))
                .isEmpty();
        assertThat(path(bottom)).isEqualTo("/Top/Middle/Bottom");
    }

    @Test
    void aNameIsTakenAmongSiblingsOnly() {
        String family = create("Family");
        String first = create("Twin");
        change(family, "{'op':'add','path':'members','value':[{'value':'" + first + "'}]}");
        String second = create("Twin");
        assertRefused(family, second, 409, "uniqueness");
        ObjectNode removal = patch("{'op':'remove','path':'members[value eq \"" + first + "\"]'}");
        assertError(scim.http().patch("/Groups/" + family, removal), 409, "uniqueness");
        assertError(scim.http().delete("/Groups/" + family), 409, "uniqueness");
        assertMembers(family, first);
        String sibling = create("Sibling");
        change(family, "{'op':'add','path':'members','value':[{'value':'" + sibling + "'}]}");
        ObjectNode rename = patch("{'op':'replace','path':'displayName','value':'Twin'}");
        assertError(scim.http().patch("/Groups/" + sibling, rename), 409, "uniqueness");
    }

    @Test
    void theWrongTypeIsRefused() {
        String parent = create("Typed");
        String child = create("Typed child");
        for (String member : List.of(
                "{'value':'" + child + "','type':'User'}",
                "{'value':'" + person + "','type':'Group'}",
                "{'value':'" + person + "','type':'Robot'}")) {
            ObjectNode change = patch("{'op':'add','path':'members','value':[" + member + "]}");
            assertError(scim.http().patch("/Groups/" + parent, change), 400, "invalidValue");
        }
        assertMembers(parent);
    }

    @Test
    void aDeletedParentLeavesItsChildrenAtTheTopLevel() {
        String child = create("Orphan");
        String grandchild = create("Grandchild");
        change(child, "{'op':'add','path':'members','value':[{'value':'" + grandchild + "'}]}");
        String parent = create("Deleted", child, person);
        scim.http().delete("/Groups/" + parent).expect(204);
        assertThat(scim.http().get("/Groups/" + parent).status()).isEqualTo(404);
        assertThat(path(child)).isEqualTo("/Orphan");
        assertThat(path(grandchild)).isEqualTo("/Orphan/Grandchild");
        scim.http().delete("/Groups/" + grandchild).expect(204);
        assertMembers(child);
    }

    @Test
    void usersAreInTheGroupsAboveTheirs() {
        String user = scim.createUser("below");
        String leaf = create("Leaf", user);
        String branch = create("Branch", leaf);
        String root = create("Root", branch);
        JsonNode groups = scim.read("/Users/" + user).get("groups");
        assertThat(groups)
                .extracting(each ->
                        each.get("display").asText() + ' ' + each.get("type").asText())
                .containsExactly("Leaf direct", "Branch indirect", "Root indirect");
        for (String id : List.of(leaf, branch, root)) {
            assertThat(each(scim.search("/Users", "groups.value eq \"" + id + "\""), "userName"))
                    .containsExactly("below");
        }
        assertThat(each(scim.search("/Users", "groups[display eq \"branch\"]"), "userName"))
                .containsExactly("below");
        assertThat(each(scim.search("/Groups", "members.value eq \"" + leaf + "\""), "displayName"))
                .containsExactly("Branch");
        assertThat(each(
                        scim.search("/Groups", "members[value eq \"" + leaf + "\" and type eq \"Group\"]"),
                        "displayName"))
                .containsExactly("Branch");
        assertThat(each(
                        scim.search("/Groups", "members[value eq \"" + leaf + "\" and type eq \"User\"]"),
                        "displayName"))
                .isEmpty();
        assertThat(each(
                        scim.search("/Groups", "members[value eq \"" + user + "\" and type eq \"User\"]"),
                        "displayName"))
                .containsExactly("Leaf");
        assertThat(each(scim.search("/Groups", "members.type eq \"Group\" and displayName eq \"Root\""), "id"))
                .containsExactly(root);
        assertThat(each(scim.search("/Groups", "id eq \"" + leaf + "\" and members.value eq \"" + user + "\""), "id"))
                .containsExactly(leaf);
    }

    @Test
    void whoReallyCameAndWentIsInTheAuditLog() {
        String stays = create("Stays");
        String goes = create("Goes");
        String parent = create("Audited", stays, goes, person);
        String comes = scim.createUser("comes");
        scim.http().put("/Groups/" + parent, group("Audited", stays, comes)).expect(200);
        AuditLog log = shared.admin().auditLog(realm);
        log.awaitSealed();
        JsonNode change = log.entry(
                        log.entries("target=" + parent).get(0).get("id").asText())
                .at("/slots/change/value");
        assertThat(change.at("/before/members"))
                .extracting(each ->
                        each.get("type").asText() + ' ' + each.get("display").asText())
                .containsExactly("User person", "Group Goes");
        assertThat(change.at("/after/members"))
                .extracting(each ->
                        each.get("type").asText() + ' ' + each.get("value").asText())
                .containsExactly("User " + comes);
    }

    private String create(String name, String... members) {
        return scim.create("/Groups", group(name, members)).get("id").asText();
    }

    private void change(String id, String... operations) {
        scim.http().patch("/Groups/" + id, patch(operations)).expect(200);
    }

    private void assertRefused(String parent, String child, int status, String scimType) {
        JsonNode before = scim.read("/Groups/" + parent);
        ObjectNode change = patch("{'op':'add','path':'members','value':[{'value':'" + child + "'}]}");
        assertError(scim.http().patch("/Groups/" + parent, change), status, scimType);
        assertThat(scim.read("/Groups/" + parent)).isEqualTo(before);
    }

    private String path(String id) {
        return admin.get("/groups/" + id).expect(200).json().get("path").asText();
    }

    private void assertMembers(String id, String... members) {
        List<String> ids = new ArrayList<>();
        scim.read("/Groups/" + id)
                .path("members")
                .forEach(each -> ids.add(each.get("value").asText()));
        assertThat(ids).containsExactlyInAnyOrder(members);
    }
}
