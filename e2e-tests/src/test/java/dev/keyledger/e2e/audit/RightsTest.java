package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what with a log. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROLES = List.of("audit-export", "audit-erase", "audit-configure");

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private String realm = "";

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("rights");
        admin = shared.admin();
        admin.createServiceAccount(realm, "reader", "secret", List.of("view-events"));
        admin.createServiceAccount(realm, "exporter", "secret", List.of("view-events", "audit-export"));
        admin.createServiceAccount(realm, "stranger", "secret", List.of("view-users", "audit-export"));
    }

    @Test
    void everyRealmHasTheRolesInItsAdministratorsRole() {
        assertThat(composites(realm, "realm-management", "realm-admin")).containsAll(ROLES);
        assertThat(composites("master", null, "admin")).containsAll(ROLES);
    }

    @Test
    void readingDoesNotMeanExporting() {
        Http reader = as(realm, "reader");
        reader.get("/entries").expect(200);

        Http.Reply refused = reader.get("/bundle").expect(403);

        assertThat(refused.json().get("error").asText()).isEqualTo("access_denied");
        assertThat(refused.json().get("error_description").asText()).contains("audit-export");
        admin.auditLog(realm).awaitSealed();
        as(realm, "exporter").get("/bundle").expect(200);
        assertThat(rights("exporter")).containsExactly("audit-export");
    }

    @Test
    void exportingNeedsReadingToo() {
        as(realm, "stranger").get("/bundle").expect(403);
    }

    @Test
    void anotherRealmsLogIsNobodysBusiness() {
        String other = shared.freshRealm("rights-other");
        Http exporter = new Http(shared.server().baseUrl())
                .bearer(admin.serviceAccountToken(realm, "exporter", "secret"))
                .below("/admin/realms/" + other + "/audit-log");

        assertThat(exporter.get("/entries").status()).isIn(401, 403);
    }

    @Test
    void nobodyGivesAwayARightThatTheyHaveNotGot() {
        admin.createServiceAccount(realm, "helpdesk", "secret", List.of("manage-users", "view-clients"));
        Http helpdesk = admins(realm, "helpdesk");
        String management = helpdesk.get("/clients?clientId=realm-management")
                .json()
                .get(0)
                .get("id")
                .asText();
        String victim = admin.createUser(realm, "climber", "climbs-high");
        JsonNode role = admin.realm(realm)
                .get("/clients/" + management + "/roles/audit-erase")
                .json();

        Http.Reply refused = helpdesk.post(
                "/users/" + victim + "/role-mappings/clients/" + management,
                JSON.createArrayNode().add(role));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("audit-erase");
        assertThat(admin.realm(realm)
                        .get("/users/" + victim + "/role-mappings/clients/" + management)
                        .json())
                .as("roles of the climber")
                .isEmpty();
    }

    @Test
    void whoHasARightMayPassItOn() {
        String user = admin.createUser(realm, "deputy", "deputy-password");
        admin.createServiceAccount(realm, "chief", "secret", List.of("manage-users", "view-clients", "audit-erase"));
        Http chief = admins(realm, "chief");
        String management = id(realm, "realm-management");
        JsonNode role = admin.realm(realm)
                .get("/clients/" + management + "/roles/audit-erase")
                .json();

        chief.post(
                        "/users/" + user + "/role-mappings/clients/" + management,
                        JSON.createArrayNode().add(role))
                .expect(204);
    }

    @Test
    void aRightIsNotHiddenInAnotherRole() {
        admin.createServiceAccount(realm, "designer", "secret", List.of("manage-realm", "manage-clients"));
        Http designer = admins(realm, "designer");
        designer.post("/roles", JSON.createObjectNode().put("name", "harmless")).expect(201);
        JsonNode role = admin.realm(realm)
                .get("/clients/" + id(realm, "realm-management") + "/roles/audit-configure")
                .json();

        Http.Reply refused = designer.post(
                "/roles/harmless/composites",
                JSON.createArrayNode()
                        .add(((ObjectNode) role).put("name", "offline_access").deepCopy()));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(composites(realm, null, "harmless")).isEmpty();
    }

    @Test
    void aNewRoleDoesNotBringARightWithIt() {
        admin.createServiceAccount(realm, "founder", "secret", List.of("manage-realm", "manage-clients"));
        ObjectNode role = JSON.createObjectNode().put("name", "bringer").put("composite", true);
        role.putObject("composites")
                .putObject("client")
                .putArray("realm-management")
                .add("audit-erase");

        assertThat(admins(realm, "founder").post("/roles", role).status()).isEqualTo(403);
        assertThat(admin.realm(realm).get("/roles/bringer").status()).isEqualTo(404);
    }

    @Test
    void aRoleThatAMapperPutsIntoATokenIsNone() {
        String client = id(realm, "reader");
        ObjectNode mapper = JSON.createObjectNode().put("name", "climb").put("protocol", "openid-connect");
        mapper.put("protocolMapper", "oidc-hardcoded-role-mapper");
        mapper.putObject("config").put("role", "realm-management.audit-export");
        admin.realm(realm)
                .post("/clients/" + client + "/protocol-mappers/models", mapper)
                .expect(201);

        as(realm, "reader").get("/bundle").expect(403);
        as(realm, "reader").get("/export?format=csv").expect(403);
        as(realm, "reader").post("/verification", JSON.createObjectNode()).expect(403);
        assertThat(rights("reader")).isEmpty();
    }

    @Test
    void anImportedRealmKeepsTheRolesAndWhoHasThem() {
        ObjectNode exported = (ObjectNode) admin.realm(realm)
                .post("/partial-export?exportClients=true&exportGroupsAndRoles=true", JSON.createObjectNode())
                .expect(200)
                .json();
        String name = realm + "-copy";
        exported.put("realm", name).remove("id");
        withoutIds(exported);
        admin.createRealm(exported);

        assertThat(composites(name, "realm-management", "realm-admin")).containsAll(ROLES);
        assertThat(roleNames(name, "realm-management")).containsAll(ROLES).doesNotHaveDuplicates();
    }

    @Test
    void aRealmWithARepresentationOfOldGetsThem() {
        String name = realm + "-old";
        ObjectNode old = JSON.createObjectNode().put("realm", name).put("enabled", true);
        ObjectNode management = old.putArray("clients").addObject();
        management.put("clientId", "realm-management").put("bearerOnly", true);
        ObjectNode roles = old.putObject("roles").putObject("client");
        roles.putArray("realm-management").addObject().put("name", "view-events");
        admin.createRealm(old);

        assertThat(composites(name, "realm-management", "realm-admin")).containsAll(ROLES);
    }

    /** What the status says that they may do. */
    private List<String> rights(String client) {
        List<String> rights = new ArrayList<>();
        as(realm, client).get("/status").json().get("rights").forEach(right -> rights.add(right.asText()));
        return rights;
    }

    private Http as(String inRealm, String client) {
        return admins(inRealm, client).below("/audit-log");
    }

    private Http admins(String inRealm, String client) {
        return new Http(shared.server().baseUrl())
                .bearer(admin.serviceAccountToken(inRealm, client, "secret"))
                .below("/admin/realms/" + inRealm);
    }

    private List<String> composites(String inRealm, @Nullable String client, String role) {
        String roles = client == null ? "" : "/clients/" + id(inRealm, client);
        return names(admin.realm(inRealm)
                .get(roles + "/roles/" + role + "/composites")
                .expect(200)
                .json());
    }

    private List<String> roleNames(String inRealm, String client) {
        return names(admin.realm(inRealm)
                .get("/clients/" + id(inRealm, client) + "/roles")
                .expect(200)
                .json());
    }

    private String id(String inRealm, String client) {
        return admin.realm(inRealm)
                .get("/clients?clientId=" + client)
                .json()
                .get(0)
                .get("id")
                .asText();
    }

    private static List<String> names(JsonNode roles) {
        List<String> names = new ArrayList<>();
        roles.forEach(role -> names.add(role.get("name").asText()));
        return names;
    }

    /** Ids are the first realm's. */
    private static void withoutIds(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove(List.of("id", "containerId"));
        }
        json.forEach(RightsTest::withoutIds);
    }
}
