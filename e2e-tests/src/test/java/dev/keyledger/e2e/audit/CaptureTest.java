package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What changed is told as it was: before and after, of the right thing, and nothing that did not change. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.POSTGRES;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http http = new Http("");
    private AuditLog log = new AuditLog(http);

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("capture");
        admin = shared.admin();
        http = admin.realm(realm);
        log = admin.auditLog(realm);
    }

    @Test
    void aRoleRenamedByItsNamesPathIsOneRoleWithAnotherName() {
        http.post("/roles", JSON.createObjectNode().put("name", "clerk")).expect(201);
        ObjectNode role = (ObjectNode) http.get("/roles/clerk").expect(200).json();

        JsonNode entry = onlyNewEntry(
                () -> http.put("/roles/clerk", role.put("name", "officer")).expect(204));

        assertChange(entry, "{\"name\":\"clerk\"}", "{\"name\":\"officer\"}");
        assertThat(entry.at("/target/id").asText()).isEqualTo(role.get("id").asText());
        assertThat(entry.at("/target/name").asText()).isEqualTo("officer");
    }

    @Test
    void aRoleDeletedByItsNamesPathIsToldAsItWas() {
        http.post("/roles", JSON.createObjectNode().put("name", "gone").put("description", "to be deleted"))
                .expect(201);

        JsonNode entry = onlyNewEntry(() -> http.delete("/roles/gone").expect(204));

        assertThat(entry.at("/slots/change/value/before/description").asText()).isEqualTo("to be deleted");
        assertThat(entry.at("/slots/change/value/after").isNull()).isTrue();
    }

    @Test
    void aSetInAnotherOrderIsNoChange() {
        ObjectNode client = client("ordered");
        client.putArray("redirectUris").add("https://a.example/*").add("https://b.example/*");
        ObjectNode stored = created(client);
        ArrayNode uris = (ArrayNode) stored.get("redirectUris");
        JsonNode first = uris.remove(0);
        uris.add(first);

        JsonNode entry = onlyNewEntry(() -> http.put("/clients/" + id(stored), stored.put("description", "the same"))
                .expect(204));

        assertChange(entry, "{}", "{\"description\":\"the same\"}");
    }

    @Test
    void aScopeMappingIsAChangeOfItsClient() {
        http.post("/roles", JSON.createObjectNode().put("name", "scoped")).expect(201);
        JsonNode role = http.get("/roles/scoped").expect(200).json();
        ObjectNode client = created(client("mapped").put("fullScopeAllowed", false));

        JsonNode entry = onlyNewEntry(() -> http.post(
                        "/clients/" + id(client) + "/scope-mappings/realm",
                        JSON.createArrayNode().add(role))
                .expect(204));

        assertChange(entry, "{\"scopeMappings\":[]}", "{\"scopeMappings\":[\"scoped\"]}");
    }

    @Test
    void anAttributeOfTheUserProfileIsAChangeOfTheProfile() {
        ObjectNode profile = (ObjectNode) http.get("/users/profile").expect(200).json();
        ((ArrayNode) profile.get("attributes")).addObject().put("name", "badge").put("displayName", "Badge number");

        JsonNode entry = onlyNewEntry(() -> http.put("/users/profile", profile).expect(200));

        assertThat(entry.at("/target/type").asText()).isEqualTo("USER_PROFILE");
        assertThat(after(entry).get("attributes[badge].displayName").asText()).isEqualTo("Badge number");
        assertThat(after(entry).has("attributes[username].name"))
                .as("what stayed as it was")
                .isFalse();
    }

    @Test
    void aResetPasswordShowsThatTheCredentialIsAnotherOne() {
        String user = admin.createUser(realm, "reset", "first-password");

        JsonNode entry = onlyNewEntry(() -> http.put(
                        "/users/" + user + "/reset-password",
                        JSON.createObjectNode().put("type", "password").put("value", "second-password"))
                .expect(204));

        assertThat(after(entry).get("credentialsCreated").get(0).asText()).startsWith("password ");
        assertThat(after(entry)).isNotEqualTo(entry.at("/slots/change/value/before"));
    }

    @Test
    void aUserWhoIsCreatedWithAPasswordHasACredential() {
        ObjectNode user = JSON.createObjectNode().put("username", "equipped");
        user.putArray("credentials").addObject().put("type", "password").put("value", "correct horse");

        JsonNode entry = onlyNewEntry(() -> http.post("/users", user).expect(201));

        assertThat(after(entry).get("credentialTypes")).hasToString("[\"password\"]");
        assertThat(after(entry).get("credentialsCreated").get(0).asText()).startsWith("password ");
    }

    @Test
    void aCreatedRealmIsToldAsItselfInTheAdminsLog() {
        AuditLog master = admin.auditLog("master");
        String name = realm + "-new";
        admin.http()
                .post(
                        "/admin/realms",
                        JSON.createObjectNode()
                                .put("realm", name)
                                .put("enabled", true)
                                .put("displayName", "A new one"))
                .expect(201);
        admin.realm(name).delete("").expect(204);

        master.awaitSealed();
        List<JsonNode> about = master.entries("target=" + name);
        assertThat(about).extracting(entry -> entry.get("operation").asText()).containsExactly("DELETE", "CREATE");
        JsonNode deleted = master.entry(id(about.get(0)));
        JsonNode created = master.entry(id(about.get(1)));
        assertThat(created.at("/slots/change/value/before").isNull()).isTrue();
        assertThat(after(created).get("displayName").asText()).isEqualTo("A new one");
        assertThat(deleted.at("/slots/change/value/before/displayName").asText())
                .isEqualTo("A new one");
        assertThat(deleted.at("/slots/change/value/after").isNull()).isTrue();
    }

    @Test
    void ofTwoChangesInOneTransactionEachTellsItsOwn() {
        admin.createServiceAccount(realm, "twice", "twice-secret", List.of("manage-users"));
        String user = admin.createUser(realm, "changed-twice", "some-password");
        ObjectNode bulk = JSON.createObjectNode();
        bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
        ArrayNode operations = bulk.putArray("Operations");
        for (String name : List.of("Second", "Third")) {
            ObjectNode patch = operations.addObject().put("method", "PATCH").put("path", "/Users/" + user);
            ObjectNode data = patch.putObject("data");
            data.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
            data.putArray("Operations")
                    .addObject()
                    .put("op", "replace")
                    .put("path", "name.givenName")
                    .put("value", name);
        }
        Http scim = admin.scim(realm, "twice", "twice-secret").with("Content-Type", "application/scim+json");

        log.awaitSealed();
        scim.post("/Bulk", bulk).expect(200);

        log.awaitSealed();
        List<String> changes = log.entries("target=changed-twice&kind=scim").stream()
                .map(entry -> log.entry(id(entry)).at("/slots/change/value"))
                .map(change -> change.get("before").toString() + change.get("after"))
                .toList();
        assertThat(changes).hasSize(2);
        assertThat(changes)
                .filteredOn(change ->
                        change.contains("changed-twice") && change.contains("Second") && !change.contains("Third"))
                .hasSize(1);
        assertThat(changes)
                .filteredOn(change -> change.contains("Second") && change.contains("Third"))
                .hasSize(1);
    }

    @Test
    void aHugeValueIsCutAndItsWholeHashed() throws NoSuchAlgorithmException {
        String huge = "x".repeat(70_000);
        ObjectNode settings = JSON.createObjectNode();
        settings.putObject("attributes").put("huge", huge);

        JsonNode entry = onlyNewEntry(() -> http.put("", settings).expect(204));

        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(huge.getBytes(StandardCharsets.UTF_8)));
        assertThat(after(entry).get("attributes.huge").asText())
                .hasSizeLessThan(17_000)
                .endsWith("(70000 characters, SHA-256 " + hash + ")");
    }

    @Test
    void aHugeChangeIsItsSizeAndItsHash() {
        ObjectNode settings = JSON.createObjectNode();
        ObjectNode attributes = settings.putObject("attributes");
        for (int i = 0; i < 20; i++) {
            attributes.put("large-" + i, "y".repeat(16_000));
        }

        JsonNode entry = onlyNewEntry(() -> http.put("", settings).expect(204));

        JsonNode change = entry.at("/slots/change/value");
        assertThat(change.get("truncated").asBoolean()).isTrue();
        assertThat(change.get("bytes").asLong()).isGreaterThan(320_000);
        assertThat(change.get("leafHash").asText()).hasSize(44);
    }

    private static ObjectNode client(String clientId) {
        return JSON.createObjectNode().put("clientId", clientId).put("enabled", true);
    }

    private ObjectNode created(ObjectNode client) {
        String id = AdminClient.createdId(http.post("/clients", client).expect(201));
        return (ObjectNode) http.get("/clients/" + id).expect(200).json();
    }

    private static String id(JsonNode json) {
        return json.get("id").asText();
    }

    private JsonNode onlyNewEntry(Runnable work) {
        log.awaitSealed();
        List<JsonNode> before = log.entries("");
        work.run();
        log.awaitSealed();
        List<JsonNode> now = new ArrayList<>(log.entries(""));
        now.removeAll(before);
        assertThat(now).as("new entries").hasSize(1);
        return log.entry(id(now.get(0)));
    }

    private static JsonNode after(JsonNode entry) {
        return entry.at("/slots/change/value/after");
    }

    private static void assertChange(JsonNode entry, String before, String after) {
        JsonNode change = entry.at("/slots/change/value");
        assertThat(change.get("before").toString()).isEqualTo(before);
        assertThat(change.get("after").toString()).isEqualTo(after);
    }
}
