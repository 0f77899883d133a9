package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
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
import org.junit.jupiter.params.provider.MethodSource;

/** The attributes {@code roles} and {@code entitlements}: real roles of the realm and its clients, and plain values. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private String app = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("roles");
        scim = ScimClient.connect(shared, realm);
        Http admin = shared.admin().realm(realm);
        admin.post("/roles", json("{'name':'auditor'}")).expect(201);
        admin.post("/roles", json("{'name':'baker'}")).expect(201);
        admin.post("/roles", json("{'name':'almost-admin'}")).expect(201);
        String management = admin.get("/clients?clientId=realm-management")
                .json()
                .at("/0/id")
                .asText();
        ObjectNode manageUsers = (ObjectNode)
                admin.get("/clients/" + management + "/roles/manage-users").json();
        admin.send("POST", "/roles/almost-admin/composites", array(manageUsers)).expect(204);
        app = AdminClient.createdId(admin.post("/clients", json("{'clientId':'https://app/x'}")));
        admin.post("/clients/" + app + "/roles", json("{'name':'read/write'}")).expect(201);
    }

    @Test
    void aValueThatNamesARoleGivesTheRole() {
        ObjectNode sent = user("given");
        sent.set(
                "roles",
                json("{'r':[{'value':'auditor','display':'Audits','type':'job','primary':true},"
                                + "{'value':'plain'},{'value':'baker'}]}")
                        .get("r"));
        sent.set(
                "entitlements",
                json("{'e':[{'value':'https://app/x/read/write'},{'value':'licence'}]}")
                        .get("e"));
        JsonNode created = scim.create("/Users", sent);
        String id = created.get("id").asText();

        assertThat(created.get("roles")).isEqualTo(sent.get("roles"));
        assertThat(created.get("entitlements")).isEqualTo(sent.get("entitlements"));
        assertThat(scim.read("/Users/" + id)).isEqualTo(created);
        assertThat(mappings(id, "/realm")).contains("auditor", "baker").doesNotContain("plain");
        assertThat(mappings(id, "/clients/" + app)).containsExactly("read/write");
    }

    @Test
    void whatAnAdministratorGivesAndTakesShowsAtOnce() {
        String id = scim.createUser("administered");
        assertThat(scim.read("/Users/" + id).has("roles")).isFalse();
        map("POST", id, "auditor").expect(204);
        assertThat(scim.read("/Users/" + id).get("roles"))
                .isEqualTo(json("{'r':[{'value':'auditor'}]}").get("r"));
        scim.http()
                .patch(
                        "/Users/" + id,
                        patch("{'op':'add','path':'roles[value eq \"auditor\"].display','value':'Audits'}"))
                .expect(200);
        assertThat(scim.read("/Users/" + id).at("/roles/0/display").asText()).isEqualTo("Audits");
        map("DELETE", id, "auditor").expect(204);
        assertThat(scim.read("/Users/" + id).has("roles")).isFalse();
    }

    @Test
    void aRemovedValueTakesTheRoleAway() {
        ObjectNode sent = user("revoked");
        sent.putArray("roles").addObject().put("value", "auditor");
        sent.withArray("roles").addObject().put("value", "baker");
        String id = scim.create("/Users", sent).get("id").asText();
        scim.http()
                .patch("/Users/" + id, patch("{'op':'remove','path':'roles[value eq \"auditor\"]'}"))
                .expect(200);
        assertThat(mappings(id, "/realm")).contains("baker").doesNotContain("auditor");

        scim.http().put("/Users/" + id, user("revoked")).expect(200);
        assertThat(mappings(id, "/realm")).contains("baker");
        ObjectNode none = user("revoked");
        none.putArray("roles");
        assertThat(scim.http().put("/Users/" + id, none).expect(200).json().has("roles"))
                .isFalse();
        assertThat(mappings(id, "/realm")).doesNotContain("baker");
    }

    @Test
    void rolesOfAdministrationAreNotForEverybodyToGive() {
        String id = scim.createUser("climber");
        for (String values : List.of(
                "'path':'entitlements','value':[{'value':'realm-management/manage-users'}]",
                "'path':'entitlements','value':[{'value':'realm-management/realm-admin'}]",
                "'path':'roles','value':[{'value':'almost-admin'}]")) {
            assertError(scim.http().patch("/Users/" + id, patch("{'op':'add'," + values + "}")), 403, "");
        }
        ObjectNode sent = user("born-admin");
        sent.putArray("roles").addObject().put("value", "almost-admin");
        assertError(scim.http().post("/Users", sent), 403, "");
        assertThat(scim.search("/Users", "userName eq \"born-admin\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
        assertThat(mappings(id, "/realm")).doesNotContain("almost-admin");

        ScimClient master =
                ScimClient.connect(shared, realm, "master-provisioning", List.of("manage-users", "manage-realm"));
        master.http()
                .patch("/Users/" + id, patch("{'op':'add','path':'roles','value':[{'value':'almost-admin'}]}"))
                .expect(200);
        assertThat(mappings(id, "/realm")).contains("almost-admin");
    }

    @Test
    void aPlainValueBecomesNoRoleByItself() {
        ObjectNode sent = user("early");
        sent.putArray("roles").addObject().put("value", "later");
        String id = scim.create("/Users", sent).get("id").asText();
        shared.admin().realm(realm).post("/roles", json("{'name':'later'}")).expect(201);
        scim.http()
                .patch("/Users/" + id, patch("{'op':'add','path':'roles','value':[{'value':'baker'}]}"))
                .expect(200);
        assertThat(mappings(id, "/realm")).contains("baker").doesNotContain("later");
        assertThat(scim.read("/Users/" + id).get("roles")).hasSize(2);
    }

    @Test
    void theLogSaysWhichRolesAClientGave() {
        String id = scim.createUser("logged");
        scim.http()
                .patch("/Users/" + id, patch("{'op':'add','path':'roles','value':[{'value':'auditor'}]}"))
                .expect(200);
        AuditLog log = shared.admin().auditLog(realm);
        log.awaitSealed();
        JsonNode newest = log.entries("target=logged").get(0);
        JsonNode change = log.entry(newest.get("id").asText()).at("/slots/change/value");

        assertThat(change.get("before")).isEmpty();
        assertThat(change.get("after")).isEqualTo(json("{'roles':[{'value':'auditor'}]}"));
    }

    @Test
    void usersAreFoundByRolesOfEitherKind() {
        ObjectNode both = user("find-both");
        both.set(
                "roles",
                json("{'r':[{'value':'auditor','type':'job'},{'value':'Plain Sailor','type':'hobby'}]}")
                        .get("r"));
        both.putArray("entitlements").addObject().put("value", "https://app/x/read/write");
        scim.create("/Users", both);
        String bare = scim.createUser("find-bare");
        map("POST", bare, "auditor").expect(204);
        scim.createUser("find-none");
        String gone = scim.create(
                        "/Users", both.deepCopy().put("userName", "find-gone").without("emails"))
                .get("id")
                .asText();
        map("DELETE", gone, "auditor").expect(204);

        assertThat(found("roles.value eq \"AUDITOR\"")).containsExactly("find-bare", "find-both");
        assertThat(found("roles[value eq \"auditor\" and type eq \"job\"]")).containsExactly("find-both");
        assertThat(found("roles[value eq \"auditor\" and type eq \"hobby\"]")).isEmpty();
        assertThat(found("roles[value eq \"auditor\" and not (type pr)]")).containsExactly("find-bare");
        assertThat(found("roles.value co \"sail\"")).containsExactly("find-both", "find-gone");
        assertThat(found("not (roles pr)")).containsExactly("find-none");
        assertThat(found("entitlements.value sw \"https://app/x/\"")).containsExactly("find-both", "find-gone");
        assertThat(found("entitlements eq \"https://app/x/read/write\" and roles.value eq \"auditor\""))
                .containsExactly("find-both");
        assertThat(found("roles.value sw \"default-roles\"")).isEmpty();
    }

    private List<String> found(String filter) {
        return each(scim.search("/Users", "userName sw \"find-\" and " + filter), "userName").stream()
                .sorted()
                .toList();
    }

    private Http.Reply map(String method, String id, String role) {
        Http admin = shared.admin().realm(realm);
        JsonNode found = admin.get("/roles/" + role).expect(200).json();
        return admin.send(method, "/users/" + id + "/role-mappings/realm", array(found));
    }

    private List<String> mappings(String id, String kind) {
        List<String> names = new ArrayList<>();
        shared.admin()
                .realm(realm)
                .get("/users/" + id + "/role-mappings" + kind)
                .expect(200)
                .json()
                .forEach(role -> names.add(role.get("name").asText()));
        return names;
    }

    private static byte[] array(JsonNode one) {
        return ("[" + one + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
