package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keycloak itself raises no event for, or not all that matters of it, is in the log none the less. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnannouncedTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.POSTGRES;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http http = new Http("");
    private AuditLog log = new AuditLog(http);

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("unannounced");
        admin = shared.admin();
        http = admin.realm(realm);
        log = admin.auditLog(realm);
    }

    @Test
    void theLogOfARealmBeginsWithTheRealm() {
        log.awaitSealed();
        List<JsonNode> all = log.entries("");
        JsonNode first = log.entry(id(all.get(all.size() - 1)));

        assertThat(first.get("operation").asText()).isEqualTo("CREATE");
        assertThat(first.at("/target/name").asText()).isEqualTo(realm);
        assertThat(first.at("/actor/name").asText()).isEqualTo(DistLauncher.ADMIN);
        assertThat(first.at("/slots/change/value/after/realm").asText()).isEqualTo(realm);
    }

    @Test
    void clearingKeycloaksOwnEventsIsAnEntry() {
        List<JsonNode> cleared = newEntries(() -> {
            http.delete("/events").expect(204);
            http.delete("/admin-events").expect(204);
        });

        assertThat(cleared)
                .extracting(entry -> entry.get("operation").asText() + " "
                        + entry.at("/target/type").asText())
                .containsExactlyInAnyOrder("CLEAR EVENTS", "CLEAR ADMIN_EVENTS");
        assertThat(cleared)
                .allSatisfy(
                        entry -> assertThat(entry.at("/actor/name").asText()).isEqualTo(DistLauncher.ADMIN));
    }

    @Test
    void aGroupThatGoesWithItsParentHasAnEntryOfItsOwn() {
        String parent = AdminClient.createdId(
                http.post("/groups", JSON.createObjectNode().put("name", "parent"))
                        .expect(201));
        http.post("/groups/" + parent + "/children", JSON.createObjectNode().put("name", "child"))
                .expect(201);

        List<JsonNode> deleted =
                newEntries(() -> http.delete("/groups/" + parent).expect(204));

        assertThat(deleted)
                .extracting(entry -> entry.get("kind").asText() + " "
                        + entry.get("operation").asText() + " "
                        + entry.at("/target/name").asText())
                .containsExactlyInAnyOrder("admin DELETE parent", "system DELETE child");
    }

    @Test
    void theRolesThatAScimUserIsGivenByDefaultAreTold() {
        admin.createServiceAccount(realm, "hr", "hr-secret", List.of("manage-users"));
        Http scim = admin.scim(realm, "hr", "hr-secret").with("Content-Type", "application/scim+json");
        ObjectNode person = JSON.createObjectNode().put("userName", "newcomer");
        person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");

        List<JsonNode> entries = newEntries(() -> scim.post("/Users", person).expect(201));

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0)
                        .at("/slots/change/value/details/roles.granted/0")
                        .asText())
                .isEqualTo("default-roles-" + realm);
    }

    @Test
    void aClientThatRegistersItselfIsToldWithItsSettings() {
        ObjectNode client = JSON.createObjectNode().put("clientId", "self-made").put("description", "by itself");

        List<JsonNode> entries = newEntries(() -> shared.admin()
                .http()
                .below("/realms/" + realm)
                .bearer(initialAccessToken())
                .post("/clients-registrations/default", client)
                .expect(201));

        JsonNode registered = entries.stream()
                .filter(entry -> entry.get("operation").asText().equals("CLIENT_REGISTER"))
                .findFirst()
                .orElseThrow();
        assertThat(registered.at("/target/name").asText()).isEqualTo("self-made");
        assertThat(registered.at("/slots/change/value/before").isNull()).isTrue();
        assertThat(registered.at("/slots/change/value/after/description").asText())
                .isEqualTo("by itself");
        assertThat(entries).noneMatch(entry -> entry.get("kind").asText().equals("system"));
    }

    @Test
    void whatAnAdminDoesInSomebodysNameBearsBothNames() {
        String user = admin.createUser(realm, "borrowed", "borrowed-password");
        List<JsonNode> entries = newEntries(() -> {
            Http.Reply taken = http.send("POST", "/users/" + user + "/impersonation", new byte[0])
                    .expect(200);
            String cookies = taken.headers("Set-Cookie").stream()
                    .map(cookie -> cookie.split(";", 2)[0])
                    .collect(Collectors.joining("; "));
            Http.Reply login = new Http(shared.server().baseUrl())
                    .with("Cookie", cookies)
                    .get("/realms/" + realm + "/protocol/openid-connect/auth?client_id=account-console"
                            + "&response_type=code&scope=openid&code_challenge_method=S256"
                            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri="
                            + Http.encode(shared.server().baseUrl() + "/realms/" + realm + "/account/"))
                    .expect(302);
            changeTheName(tokenOf(login));
        });

        JsonNode impersonate = only(entries, "IMPERSONATE");
        JsonNode login = only(entries, "LOGIN");
        assertThat(impersonate.at("/actor/name").asText()).isEqualTo(DistLauncher.ADMIN);
        assertThat(login.at("/actor/name").asText()).isEqualTo("borrowed");
        assertThat(login.at("/slots/actor/value/impersonator").asText()).isEqualTo(DistLauncher.ADMIN);
        JsonNode later = only(entries, "UPDATE_PROFILE");
        assertThat(later.at("/actor/name").asText()).isEqualTo("borrowed");
        assertThat(later.at("/slots/actor/value/impersonator").asText()).isEqualTo(DistLauncher.ADMIN);
    }

    /** By the code that the login led to; the verifier is that of RFC 7636, appendix B. */
    private String tokenOf(Http.Reply login) {
        String location = login.header("Location").orElseThrow();
        String code =
                location.substring(location.indexOf("code=") + "code=".length()).split("&", 2)[0];
        return new Http(shared.server().baseUrl())
                .form(
                        "/realms/" + realm + "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "account-console",
                                "code",
                                code,
                                "code_verifier",
                                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                                "redirect_uri",
                                shared.server().baseUrl() + "/realms/" + realm + "/account/"))
                .expect(200)
                .json()
                .get("access_token")
                .asText();
    }

    private void changeTheName(String token) {
        ObjectNode profile = JSON.createObjectNode()
                .put("username", "borrowed")
                .put("email", "borrowed@example.com")
                .put("firstName", "Another")
                .put("lastName", "Test");
        new Http(shared.server().baseUrl())
                .bearer(token)
                .with("Accept", "application/json")
                .post("/realms/" + realm + "/account", profile)
                .expect(204);
    }

    @Test
    void anEntryTellsTheRequestItCameWith() {
        List<JsonNode> entries = newEntries(() -> http.with("X-Request-Id", "r-4711")
                .with("X-Forwarded-For", "203.0.113.7")
                .with("User-Agent", "console-robot")
                .post("/roles", JSON.createObjectNode().put("name", "requested"))
                .expect(201));

        JsonNode net = entries.get(0).at("/slots/net/value");
        assertThat(net.get("requestId").asText()).isEqualTo("r-4711");
        assertThat(net.get("userAgent").asText()).isEqualTo("console-robot");
        assertThat(net.get("forwarded").asText()).isEqualTo("203.0.113.7");
        assertThat(net.get("forwardedTrusted").asText()).isEqualTo("false");
        assertThat(net.get("session").asText()).isNotBlank();
    }

    @Test
    void everythingOfOneRequestHasOneIdThoughNobodyGaveIt() {
        String parent = AdminClient.createdId(
                http.post("/groups", JSON.createObjectNode().put("name", "request-parent"))
                        .expect(201));
        http.post("/groups/" + parent + "/children", JSON.createObjectNode().put("name", "request-child"))
                .expect(201);

        List<JsonNode> deleted =
                newEntries(() -> http.delete("/groups/" + parent).expect(204));
        List<JsonNode> made =
                newEntries(() -> http.post("/roles", JSON.createObjectNode().put("name", "of-a-later-request"))
                        .expect(201));

        assertThat(deleted).hasSize(2);
        assertThat(requestIds(deleted)).as("one for both entries").hasSize(1);
        assertThat(requestIds(made)).hasSize(1).doesNotContainAnyElementsOf(requestIds(deleted));
    }

    @Test
    void theTransactionsOfOneRequestHaveTheIdThatItsClientIsTold() {
        admin.createServiceAccount(realm, "bulk", "bulk-secret", List.of("manage-users"));
        Http scim = admin.scim(realm, "bulk", "bulk-secret").with("Content-Type", "application/scim+json");
        ObjectNode bulk = JSON.createObjectNode();
        bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
        for (String name : List.of("request-one", "request-two")) {
            ObjectNode operation = bulk.withArray("Operations").addObject();
            operation.put("method", "POST").put("path", "/Users").put("bulkId", name);
            operation
                    .putObject("data")
                    .put("userName", name)
                    .putArray("schemas")
                    .add("urn:ietf:params:scim:schemas:core:2.0:User");
        }
        List<String> told = new ArrayList<>();

        List<JsonNode> entries = newEntries(() -> told.add(scim.with("X-Request-Id", "the-clients-own")
                .post("/Bulk", bulk)
                .expect(200)
                .header("X-Request-Id")
                .orElseThrow()));

        assertThat(entries).hasSizeGreaterThanOrEqualTo(3);
        assertThat(requestIds(entries)).isEqualTo(Set.copyOf(told));
    }

    private static Set<String> requestIds(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.at("/slots/net/value/requestId").asText())
                .filter(id -> !id.isBlank())
                .collect(Collectors.toSet());
    }

    private String initialAccessToken() {
        return http.post(
                        "/clients-initial-access",
                        JSON.createObjectNode().put("count", 1).put("expiration", 600))
                .expect(200, 201)
                .json()
                .get("token")
                .asText();
    }

    private static JsonNode only(List<JsonNode> entries, String operation) {
        List<JsonNode> found = entries.stream()
                .filter(entry -> entry.get("operation").asText().equals(operation))
                .toList();
        assertThat(found).as(operation + " in " + entries).hasSize(1);
        return found.get(0);
    }

    private static String id(JsonNode json) {
        return json.get("id").asText();
    }

    private List<JsonNode> newEntries(Runnable work) {
        log.awaitSealed();
        List<JsonNode> before = log.entries("");
        work.run();
        log.awaitSealed();
        List<JsonNode> now = new ArrayList<>(log.entries(""));
        now.removeAll(before);
        return now.stream().map(entry -> log.entry(id(entry))).toList();
    }
}
