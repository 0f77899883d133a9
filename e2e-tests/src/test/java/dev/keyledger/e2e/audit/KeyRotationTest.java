package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The signing key is rotated through the admin API of a running server, whose overlap is so short that only the checkpoint
 * which introduces the new key bears both signatures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyRotationTest {

    private static final String REALM = "rotated";

    private @Nullable KeycloakServer server;
    private AdminClient admin = new AdminClient("");
    private AuditLog log = new AuditLog(new Http(""));
    private Path folder = Path.of("");
    private JsonNode before = MissingNode.getInstance();
    private JsonNode introducing = MissingNode.getInstance();
    private JsonNode after = MissingNode.getInstance();

    @BeforeAll
    void rotateTheKeyOfALogThatIsInUse() throws IOException {
        KeycloakServer started = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.H2.database("rotation"))
                .withOptions("--spi-events-listener--keyledger-audit--key-overlap=0")
                .startAfresh("rotation");
        server = started;
        folder = Files.createDirectories(started.home().resolve("evidence"));
        admin = new AdminClient(started);
        admin.createRealm(REALM);
        log = admin.auditLog(REALM);
        admin.createUser(REALM, "earlier", "password");
        before = log.awaitSealed();
        rotate().expect(200);
        log.awaitEntry("operation=KEY_ROTATION");
        introducing = log.awaitSealed();
        admin.createUser(REALM, "later", "password");
        after = log.awaitSealed();
    }

    @AfterAll
    void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theStatusNamesTheKeysThatSign() {
        String first = before.get("vkey").asText();
        String second = after.get("vkey").asText();

        assertThat(second).isNotEqualTo(first);
        assertThat(before.get("keyRotation").isNull()).isTrue();
        assertThat(texts(introducing.get("vkeys"))).containsExactly(first, second);
        assertThat(texts(after.get("vkeys"))).containsExactly(second);
        assertThat(after.at("/keyRotation/vkey").asText()).isEqualTo(second);
        assertThat(after.at("/keyRotation/sinceSize").asLong())
                .isEqualTo(introducing.get("signedSize").asLong());
        assertThat(after.get("keyCustody").asText()).isEqualTo("database");
        assertThat(after.get("keyProblem").isNull()).isTrue();
    }

    @Test
    void everyLogTellsOfIt() {
        AuditLog own = new AuditLog(admin.realm("master").below("/audit-log/server"));
        for (AuditLog each : List.of(log, own, admin.auditLog("master"))) {
            JsonNode entry = each.awaitEntry("operation=KEY_ROTATION");
            each.awaitSealed();
            assertThat(entry.get("kind").asText()).isEqualTo("system");
            assertThat(entry.at("/slots/change/value/after/vkey").asText())
                    .isEqualTo(each.status().get("vkey").asText())
                    .endsWith(entry.get("resourceType").asText());
        }
        JsonNode act = admin.auditLog("master").awaitEntry("resourceType=AUDIT_LOG_KEY");
        assertThat(act.at("/actor/name").asText()).as("who rotated").isEqualTo("admin");
    }

    @Test
    void theOfflineVerifierFollowsItFromTheKeyBefore() throws IOException {
        Path since = Files.writeString(
                folder.resolve("before.checkpoint"), before.get("checkpoint").asText());
        Command verified = Command.verify(
                jar(),
                log.bundle(folder.resolve("whole.zip")),
                "--vkey=" + before.get("vkey").asText(),
                "--since=" + since);

        assertThat(verified.output())
                .contains("introduces Ed25519 key ID " + keyId(after), "by key ID " + keyId(before), "VERIFIED");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    void theOfflineVerifierFollowsItInAPartOfTheLog() throws IOException {
        byte[] part = log.http().get("/bundle?from=0&to=1").expect(200).bytes();
        Command verified = Command.verify(
                jar(),
                Files.write(folder.resolve("part.zip"), part),
                "--vkey=" + before.get("vkey").asText());

        assertThat(verified.output()).contains("introduces Ed25519 key ID " + keyId(after), "VERIFIED");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    void aBundleThatDoesNotShowTheRotationIsRefused() throws IOException {
        Path unpacked = GoVerifier.unpack(log.http().get("/bundle").expect(200).bytes(), folder.resolve("stripped"));
        Files.delete(unpacked.resolve("manifest.json"));
        try (var rotations = Files.list(unpacked.resolve("rotations"))) {
            for (Path file : rotations.toList()) {
                Files.delete(file);
            }
        }
        Command verified =
                Command.verify(jar(), unpacked, "--vkey=" + before.get("vkey").asText());

        assertThat(verified.output()).contains("note has no signature by a known key");
        assertThat(verified.exitCode()).isEqualTo(1);
    }

    @Test
    void goVerifiesTheBundleOverTheRotation() throws IOException {
        GoVerifier.build();
        Path unpacked = GoVerifier.unpack(log.http().get("/bundle").expect(200).bytes(), folder.resolve("go"));
        Command judged = GoVerifier.judge(unpacked);

        assertThat(judged.output()).contains("VERIFIED");
        assertThat(judged.exitCode()).isZero();
    }

    @Test
    void theProofOfAnEntryComesWithAKeyThatSignedIt() {
        for (String user : List.of("earlier", "later")) {
            JsonNode entry = log.awaitEntry("operation=CREATE&target=" + user);
            String vkey = entry.at("/proof/vkey").asText();
            String name = vkey.substring(0, vkey.indexOf('+'));
            assertThat(vkey).isEqualTo(log.status().get("vkey").asText());
            assertThat(entry.at("/proof/checkpoint").asText()).contains("— " + name + " ");
        }
    }

    @Test
    void onlyWhoManagesTheAdminRealmRotates() {
        String viewer = admin.createUser("master", "viewer", "viewer-password");
        Http master = admin.realm("master");
        String roles =
                master.get("/clients?clientId=master-realm").json().at("/0/id").asText();
        JsonNode view = master.get("/clients/" + roles + "/roles/view-events")
                .expect(200)
                .json();
        master.post(
                        "/users/" + viewer + "/role-mappings/clients/" + roles,
                        JsonNodeFactory.instance.arrayNode().add(view))
                .expect(204);
        String token = admin.login("master", "admin-cli", "viewer", "viewer-password")
                .expect(200)
                .json()
                .get("access_token")
                .asText();
        Http keys = new Http(requireServer().baseUrl() + "/admin/realms/master/audit-log/server/keys");

        keys.bearer(token).get("").expect(200);
        keys.bearer(token).send("POST", "/rotate", new byte[0]).expect(403);
        keys.send("POST", "/rotate", new byte[0]).expect(401);
        log.http().send("POST", "/keys/rotate", new byte[0]).expect(404);
    }

    private Http.Reply rotate() {
        return admin.realm("master").send("POST", "/audit-log/server/keys/rotate", new byte[0]);
    }

    private KeycloakServer requireServer() {
        KeycloakServer running = server;
        if (running == null) {
            throw new IllegalStateException("the server was not started");
        }
        return running;
    }

    private static String keyId(JsonNode status) {
        return status.get("vkey").asText().split("\\+", -1)[1];
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Path jar() {
        return Distribution.fromSystemProperties().jar();
    }
}
