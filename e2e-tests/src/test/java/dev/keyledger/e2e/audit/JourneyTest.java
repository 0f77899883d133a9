package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.VerifierKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each change, by whatever door it comes, is one entry that says who did what to whom, and proves to be in the log. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User";

    @Parameter
    SharedServer shared = SharedServer.H2;

    @TempDir
    Path folder = Path.of("");

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http scim = new Http("");
    private AuditLog log = new AuditLog(scim);

    @BeforeParameterizedClassInvocation
    void makeARealmWithAConnection() {
        realm = shared.freshRealm("journey");
        admin = shared.admin();
        admin.createServiceAccount(realm, "okta", "okta-secret", List.of("manage-users"));
        scim = admin.scim(realm, "okta", "okta-secret").with("Content-Type", "application/scim+json");
        log = admin.auditLog(realm);
    }

    @Test
    void aScimCreateIsOneEntry() throws VerificationException {
        List<JsonNode> before = entries();
        String id = provision("created");

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "scim", "CREATE", "success");
        assertActor(entry, "service", "service-account-okta", "okta");
        assertTarget(entry, "USER", id, "created");
        assertThat(after(entry).get("userName").asText()).isEqualTo("created");
        assertThat(before(entry).isNull()).isTrue();
        assertProven(entry);
    }

    @Test
    void aScimPatchIsOneEntryWithTheDifference() throws VerificationException {
        String id = provision("patched");
        List<JsonNode> before = entries();
        scim.patch("/Users/" + id, replace("active", JSON.getNodeFactory().booleanNode(false)))
                .expect(200);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "scim", "UPDATE", "success");
        assertActor(entry, "service", "service-account-okta", "okta");
        assertTarget(entry, "USER", id, "patched");
        assertThat(before(entry)).isEqualTo(JSON.createObjectNode().put("active", true));
        assertThat(after(entry)).isEqualTo(JSON.createObjectNode().put("active", false));
        assertProven(entry);
    }

    @Test
    void aScimDeleteIsOneEntryThatRemembersWhatWasThere() throws VerificationException {
        String id = provision("deleted");
        List<JsonNode> before = entries();
        scim.delete("/Users/" + id).expect(204);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "scim", "DELETE", "success");
        assertActor(entry, "service", "service-account-okta", "okta");
        assertTarget(entry, "USER", id, "deleted");
        assertThat(before(entry).get("userName").asText()).isEqualTo("deleted");
        assertThat(after(entry).isNull()).isTrue();
        assertProven(entry);
    }

    @Test
    void aRefusedScimRequestIsOneEntry() throws VerificationException {
        provision("taken");
        List<JsonNode> before = entries();
        scim.post("/Users", person("taken")).expect(409);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "scim", "CREATE", "failure");
        assertActor(entry, "service", "service-account-okta", "okta");
        assertThat(text(entry.get("target"), "path")).isEqualTo("Users");
        assertThat(entry.get("error").asText()).startsWith("409 uniqueness");
        assertProven(entry);
    }

    @Test
    void aChangeInTheAdminConsoleIsOneEntryWithTheDifference() throws VerificationException {
        String id = admin.createUser(realm, "edited", "edited-password");
        List<JsonNode> before = entries();
        ObjectNode user =
                (ObjectNode) admin.realm(realm).get("/users/" + id).expect(200).json();
        admin.realm(realm)
                .put("/users/" + id, user.put("lastName", "Meyer").put("enabled", false))
                .expect(204);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "admin", "UPDATE", "success");
        assertActor(entry, "user", DistLauncher.ADMIN, "admin-cli");
        assertTarget(entry, "USER", id, "edited");
        assertThat(before(entry))
                .isEqualTo(JSON.createObjectNode().put("enabled", true).put("lastName", "Test"));
        assertThat(after(entry))
                .isEqualTo(JSON.createObjectNode().put("enabled", false).put("lastName", "Meyer"));
        assertProven(entry);
    }

    @Test
    void aLoginIsOneEntry() throws VerificationException {
        String id = admin.createUser(realm, "visitor", "visitor-password");
        List<JsonNode> before = entries();
        assertThat(admin.login(realm, "admin-cli", "visitor", "visitor-password")
                        .status())
                .isEqualTo(200);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "user", "LOGIN", "success");
        assertActor(entry, "user", "visitor", "admin-cli");
        assertTarget(entry, "USER", id, "visitor");
        assertThat(entry.get("ip").asText()).isNotBlank();
        assertProven(entry);
    }

    @Test
    void aFailedLoginIsOneEntry() throws VerificationException {
        String id = admin.createUser(realm, "guessed", "guessed-password");
        List<JsonNode> before = entries();
        assertThat(admin.login(realm, "admin-cli", "guessed", "wrong-password").status())
                .isIn(400, 401);

        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "user", "LOGIN", "failure");
        assertActor(entry, "user", "guessed", "admin-cli");
        assertTarget(entry, "USER", id, "guessed");
        assertThat(entry.get("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(entry.toString()).doesNotContain("wrong-password");
        assertProven(entry);
    }

    @Test
    void noEntryTellsAPassword() {
        String id = admin.createUser(realm, "secretive", "first-secret-word");
        ObjectNode reset = JSON.createObjectNode().put("type", "password").put("value", "second-secret-word");
        admin.realm(realm).put("/users/" + id + "/reset-password", reset).expect(204);
        scim.patch("/Users/" + id, replace("password", JSON.getNodeFactory().textNode("third-Secret-word")))
                .expect(200, 204);

        log.awaitSealed();
        List<JsonNode> about = log.entries("target=" + id);
        assertThat(about).hasSize(3);
        about.forEach(summary -> assertThat(
                        log.entry(summary.get("id").asText()).toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("secret-word"));
    }

    @Test
    void aRequestThatIsRefusedAsAWholeChangesNothingAndIsNoChangeInTheLog() {
        String id = provision("whole");
        List<JsonNode> before = entries();
        ObjectNode patch = replace("nickName", JSON.getNodeFactory().textNode("Whole"));
        patch.withArray("Operations")
                .addObject()
                .put("op", "replace")
                .put("path", "id")
                .put("value", "another");
        scim.patch("/Users/" + id, patch).expect(400);

        assertThat(scim.get("/Users/" + id).expect(200).json().has("nickName")).isFalse();
        JsonNode entry = onlyNewEntry(before);
        assertEntry(entry, "scim", "UPDATE", "failure");
        assertThat(text(entry.get("target"), "id")).isEqualTo(id);
        assertThat(entry.get("error").asText()).startsWith("400 mutability");
    }

    @Test
    void theBundleOfAllThisVerifiesOffline() {
        provision("bundled");
        long size = log.awaitSealed().get("signedSize").asLong();
        Command verified =
                Command.verify(Distribution.fromSystemProperties().jar(), log.bundle(folder.resolve("evidence.zip")));

        assertThat(verified.output()).contains("VERIFIED").contains(Long.toString(size));
        assertThat(verified.exitCode()).isZero();
    }

    private List<JsonNode> entries() {
        log.awaitSealed();
        return log.entries("");
    }

    /** The one entry that was not there before, with everything the server knows of it. */
    private JsonNode onlyNewEntry(List<JsonNode> before) {
        List<JsonNode> now = new ArrayList<>(entries());
        now.removeAll(before);
        assertThat(now).as("new entries").hasSize(1);
        return log.entry(now.get(0).get("id").asText());
    }

    private String provision(String userName) {
        return scim.post("/Users", person(userName))
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    private static ObjectNode person(String userName) {
        ObjectNode person = JSON.createObjectNode().put("userName", userName).put("active", true);
        person.putArray("schemas").add(CORE_USER);
        person.putObject("name").put("givenName", userName).put("familyName", "Muster");
        person.putArray("emails")
                .addObject()
                .put("value", userName + "@example.com")
                .put("primary", true);
        return person;
    }

    private static ObjectNode replace(String path, JsonNode value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        patch.putArray("Operations")
                .addObject()
                .put("op", "replace")
                .put("path", path)
                .set("value", value);
        return patch;
    }

    private static void assertEntry(JsonNode entry, String kind, String operation, String outcome) {
        assertThat(List.of(text(entry, "kind"), text(entry, "operation"), text(entry, "outcome"), text(entry, "state")))
                .as("entry %s", entry)
                .containsExactly(kind, operation, outcome, "sealed");
    }

    private static void assertActor(JsonNode entry, String type, String name, String client) {
        JsonNode actor = entry.get("actor");
        assertThat(List.of(text(actor, "type"), text(actor, "name"), text(actor, "client")))
                .containsExactly(type, name, client);
    }

    private static void assertTarget(JsonNode entry, String type, String id, String name) {
        JsonNode target = entry.get("target");
        assertThat(List.of(text(target, "type"), text(target, "id"), text(target, "name")))
                .containsExactly(type, id, name);
    }

    /** The entry's own file proves it: signature of the log's key, and a path from these very bytes to the signed root. */
    private void assertProven(JsonNode entry) throws VerificationException {
        TlogProof proof = TlogProof.parse(log.http()
                .get("/entries/" + text(entry, "id") + "/proof")
                .expect(200)
                .text());
        VerifierKey key = VerifierKey.parse(text(log.status(), "vkey"));
        proof.checkpoint().verify(List.of(new Ed25519Verifier(key)));
        proof.verify(LogHasher.leaf(Base64.getDecoder().decode(text(entry, "leaf"))));
    }

    private static JsonNode before(JsonNode entry) {
        return entry.at("/slots/change/value/before");
    }

    private static JsonNode after(JsonNode entry) {
        return entry.at("/slots/change/value/after");
    }

    private static String text(JsonNode json, String name) {
        return json.get(name).asText();
    }
}
