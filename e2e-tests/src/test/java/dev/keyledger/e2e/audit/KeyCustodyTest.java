package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The keys move out of the database, and are not to be had for a while. */
class KeyCustodyTest {

    private static final String OPTION = "--spi-events-listener--keyledger-audit--key-";
    private static final String REALM = "custody";

    private final DistLauncher launcher = DistLauncher.ofSystemProperties();

    @Test
    void theKeysMoveToAFileWithoutWhichNothingGoesOn() throws IOException {
        Path folder = Files.createDirectories(launcher.work().toAbsolutePath().resolve("custody-keys"));
        Path file = folder.resolve("keyledger.pem");
        Files.deleteIfExists(file);
        JsonNode before;
        try (KeycloakServer server = launcher.startAfresh("custody")) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm(REALM);
            admin.createUser(REALM, "earlier", "password");
            admin.realm(REALM)
                    .put("/audit-log/policy", new ObjectMapper().readTree("{\"excluded\":{\"user\":[\"LOGOUT\"]}}"))
                    .expect(200);
            before = admin.auditLog(REALM).awaitSealed();
            assertThat(before.get("keyCustody").asText()).isEqualTo("database");
        }

        DistLauncher withFile = launcher.withOptions(OPTION + "custody=file", OPTION + "file=" + file);
        try (KeycloakServer server = withFile.start("custody")) {
            AdminClient admin = new AdminClient(server);
            admin.createUser(REALM, "later", "password");
            AuditLog log = admin.auditLog(REALM);
            log.awaitEntry("operation=KEY_ROTATION");
            JsonNode moved = log.awaitSealed();

            assertThat(moved.get("keyCustody").asText()).isEqualTo("file");
            assertThat(moved.get("vkey")).isNotEqualTo(before.get("vkey"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertReadable(log, "earlier");
            assertReadable(log, "later");
            assertThat(log.http().get("/policy").expect(200).json().at("/excluded/user"))
                    .as("what the realm decided under the old key")
                    .hasToString("[\"LOGOUT\"]");
            assertThat(log.http().get("/verification").expect(200).json().get("findings"))
                    .isEmpty();
            Command verified = Command.verify(
                    jar(),
                    log.bundle(folder.resolve("moved.zip")),
                    "--vkey=" + before.get("vkey").asText());
            assertThat(verified.output()).contains("introduces Ed25519 key ID", "VERIFIED");
            assertThat(verified.exitCode()).isZero();

            withoutTheFile(server, file);
            withAFileThatOthersMayRead(server, file);
            assertThat(log.awaitSealed().get("vkey")).as("no second key").isEqualTo(moved.get("vkey"));
        }
    }

    /** What was signed is served; what has to be recorded fails; nothing new is made in place of what is missing. */
    private static void withoutTheFile(KeycloakServer server, Path file) throws IOException {
        Http root = longLived(server).http();
        AuditLog log = new AuditLog(root.below("/admin/realms/" + REALM + "/audit-log"));
        JsonNode known = log.awaitSealed();
        Path away = Files.move(file, file.resolveSibling("away.pem"));
        server.restart();

        JsonNode status = log.status();
        assertThat(status.get("keyCustody").asText()).isEqualTo("file");
        assertThat(status.get("keyProblem").asText())
                .contains("key file " + file + " is not there; it holds the log's master key, put it back");
        assertThat(status.get("vkey")).isEqualTo(known.get("vkey"));
        assertThat(status.get("signedSize")).isEqualTo(known.get("signedSize"));
        assertThat(log.http().get("/checkpoint").expect(200).text())
                .isEqualTo(known.get("checkpoint").asText());
        assertThat(log.http().get("/entries").expect(503).text()).contains("keys_unavailable", "is not there");
        int refused = root.post("/admin/realms/" + REALM + "/users", user("unrecorded"))
                .status();
        assertThat(refused).isEqualTo(500);
        assertThat(root.get("/admin/realms/" + REALM + "/users?username=unrecorded")
                        .expect(200)
                        .json())
                .as("what cannot be recorded does not happen")
                .isEmpty();
        assertThat(file).as("no second key").doesNotExist();
        assertThat(server.logs()).contains("AUDIT ALARM: the keys of the audit log are not to be had");
        Http management = new Http(server.managementUrl());
        Http.Reply health = await(() -> management.get("/health/group/keyledger"), reply -> reply.status() == 503);
        assertThat(health.json().at("/checks/0/data/keyProblem").asText())
                .contains("key file " + file + " is not there");
        assertThat(management.get("/metrics").text()).contains("keyledger_audit_keys_unavailable 1.0");

        Files.move(away, file);
        awaitKeys(log);
        await(() -> management.get("/health/group/keyledger"), reply -> reply.status() == 200);
        assertThat(management.get("/metrics").text()).contains("keyledger_audit_keys_unavailable 0.0");
        root.post("/admin/realms/" + REALM + "/users", user("recorded")).expect(201);
        assertThat(log.awaitSealed().get("signedSize").asLong())
                .isGreaterThan(known.get("signedSize").asLong());
    }

    private static void withAFileThatOthersMayRead(KeycloakServer server, Path file) throws IOException {
        AuditLog log = new AuditLog(new AdminClient(server).realm(REALM).below("/audit-log"));
        log.awaitSealed();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        server.restart();

        assertThat(log.status().get("keyProblem").asText())
                .contains("key file " + file + " has the mode rw-r--r--, want rw------- (chmod 600)");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        awaitKeys(log);
    }

    @Test
    void theKeysAreInKeycloaksVaultFromTheFirstStartOnAndSignPostQuantumToo() throws IOException {
        Path folder = Files.createDirectories(launcher.work().toAbsolutePath().resolve("vault-secrets"));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.writeString(
                folder.resolve("master_keyledger-master"), Base64.getEncoder().encodeToString(key) + "\n");
        DistLauncher withVault = launcher.withOptions(
                "--vault=file",
                "--vault-dir=" + folder,
                OPTION + "custody=vault",
                "--spi-events-listener--keyledger-audit--ml-dsa=true");
        try (KeycloakServer server = withVault.startAfresh("custody-vault")) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm(REALM);
            admin.createUser(REALM, "in-the-vault", "password");
            JsonNode first = admin.auditLog(REALM).awaitSealed();
            assertThat(first.get("keyCustody").asText()).isEqualTo("vault");

            server.restart();
            AuditLog log = admin.auditLog(REALM);
            assertReadable(log, "in-the-vault");
            rotate(admin, log, first.get("vkey").asText());
            log.awaitEntry("operation=KEY_ROTATION");
            assertThat(log.status().get("keyProblem").isNull()).isTrue();
            Path zip = log.bundle(folder.resolve("vault.zip"));
            Command verified =
                    Command.verify(jar(), zip, "--vkey=" + first.get("vkey").asText());
            assertThat(verified.output())
                    .contains("introduces ML-DSA-44 cosignature key ID", "introduces Ed25519 key ID", "VERIFIED")
                    .containsPattern(
                            "(OK   ml-dsa +ML-DSA-44 by|SKIP ml-dsa +line by .* is not checked: this Java has no"
                                    + " ML-DSA)");
            goChecksThePostQuantumLine(GoVerifier.unpack(Files.readAllBytes(zip), folder.resolve("vault")));
        }
    }

    private static void goChecksThePostQuantumLine(Path bundle) throws IOException {
        GoVerifier.build();
        Command judged = GoVerifier.judge(bundle);
        assertThat(judged.output()).contains("OK   ML-DSA-44 line of", "VERIFIED");
        assertThat(judged.exitCode()).isZero();

        Path checkpoint = bundle.resolve("checkpoint");
        String note = Files.readString(checkpoint);
        String line = note.lines().max(Comparator.comparingInt(String::length)).orElseThrow();
        int at = line.length() - 20;
        char other = line.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(checkpoint, note.replace(line, line.substring(0, at) + other + line.substring(at + 1)));
        judged = GoVerifier.judge(bundle);
        assertThat(judged.output()).contains("FAIL").doesNotContain("VERIFIED");
        assertThat(judged.exitCode()).isEqualTo(1);
    }

    private static void assertReadable(AuditLog log, String user) {
        log.awaitSealed();
        List<JsonNode> found = log.entries("operation=CREATE&resourceType=USER&target=" + user);
        assertThat(found).as("entries about " + user).hasSize(1);
        assertThat(log.entry(found.get(0).get("id").asText())
                        .at("/slots/target/value/name")
                        .asText())
                .isEqualTo(user);
    }

    /** The vault stays as it is, and so does the master key in it; the new signing key is sealed under it. */
    private static void rotate(AdminClient admin, AuditLog log, String first) {
        assertThat(log.awaitSealed().get("vkey").asText()).as("after a restart").isEqualTo(first);
        admin.realm("master")
                .send("POST", "/audit-log/server/keys/rotate", new byte[0])
                .expect(200);
        await(log::status, status -> !status.get("vkey").asText().equals(first));
        assertThat(log.awaitSealed().get("keyCustody").asText()).isEqualTo("vault");
        admin.createUser(REALM, "after-the-rotation", "password");
        assertReadable(log, "after-the-rotation");
    }

    private static void awaitKeys(AuditLog log) {
        await(log::status, status -> status.get("keyProblem").isNull());
    }

    private static <T> T await(Supplier<T> asked, Predicate<T> wanted) {
        T answer = asked.get();
        for (int i = 0; !wanted.test(answer); i++) {
            assertThat(i).as("times asked; the last answer was %s", answer).isLessThan(300);
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a server was waited for", e);
            }
            answer = asked.get();
        }
        return answer;
    }

    /** A login has to be recorded, so the token has to be there before the keys are gone, and to last. */
    private static AdminClient longLived(KeycloakServer server) {
        new AdminClient(server)
                .realm("master")
                .put("", new ObjectMapper().createObjectNode().put("accessTokenLifespan", 3_600))
                .expect(204);
        return new AdminClient(server);
    }

    private static JsonNode user(String name) {
        return new ObjectMapper().createObjectNode().put("username", name).put("enabled", true);
    }

    private static Path jar() {
        return Distribution.fromSystemProperties().jar();
    }
}
