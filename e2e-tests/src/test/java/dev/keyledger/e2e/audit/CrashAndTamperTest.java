package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server is killed (SIGKILL) in the middle of provisioning. While it is down, somebody who owns the database edits the logs of
 * some realms. Then it starts again.
 */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashAndTamperTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CRASHED = "crashed";
    private static final int USERS = 6;

    /** The realm itself and its users. */
    private static final String ALL_ENTRIES = "entries [0, " + (1 + USERS) + ")";

    @Parameter
    SharedServer kind = SharedServer.H2;

    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private Database database = new Database.H2();
    private @Nullable KeycloakServer server;
    private AdminClient admin = new AdminClient("");
    private Path folder = Path.of("");
    private Path checkpointBefore = Path.of("");

    @BeforeParameterizedClassInvocation
    void killTheServerAndEditItsDatabase() throws SQLException, InterruptedException, IOException {
        database = kind.database("crash");
        KeycloakServer started = DistLauncher.ofSystemProperties()
                .withDatabase(database)
                // what the server finds by itself would be entries more than these
                .withOptions(
                        "--spi-events-listener--keyledger-audit--verify-interval=0",
                        "--spi-events-listener--keyledger-audit--verify-sample-interval=0")
                .startAfresh("crash-" + kind.name().toLowerCase(Locale.ROOT));
        server = started;
        folder = Files.createDirectories(started.home().resolve("evidence"));
        admin = new AdminClient(started);
        String changed = realmWithUsers("byte");
        String fitted = realmWithUsers("hash");
        String cut = realmWithUsers("gone");
        String swapped = realmWithUsers("swap");
        realmWithUsers(CRASHED);
        admin.createServiceAccount(CRASHED, "hr", "hr-secret", List.of("manage-users"));
        String checkpoint =
                admin.auditLog(CRASHED).awaitSealed().get("checkpoint").asText();
        checkpointBefore = Files.writeString(folder.resolve("checkpoint"), checkpoint);
        killWhileProvisioning(started);
        try (LogTables tables = LogTables.open(started, database)) {
            tables.changeOneByte(changed, 2);
            tables.changeOneByteAndItsHash(fitted, 3);
            tables.deleteRow(cut, 4);
            tables.swapRows(swapped, 1, 4);
        }
        started.start();
    }

    @AfterParameterizedClassInvocation
    void stopTheServer() {
        acknowledged.clear();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAndHasItsEntryAndThereIsNoOther() {
        AuditLog log = admin.auditLog(CRASHED);
        log.awaitSealed();
        List<String> entries = log.entries("kind=scim&operation=CREATE&outcome=success").stream()
                .map(entry -> entry.get("target").get("name").asText())
                .toList();
        Set<String> users = users();

        assertThat(acknowledged).as("users created before the crash").hasSizeGreaterThan(5);
        assertThat(users).containsAll(acknowledged);
        assertThat(entries).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    void theTreeGoesOnFromTheCheckpointBeforeTheCrash() {
        admin.createUser(CRASHED, "afterwards", "afterwards-password");
        admin.auditLog(CRASHED).awaitSealed();
        Command verified = Command.verify(jar(), bundle(CRASHED), "--since", checkpointBefore.toString());

        assertThat(verified.output()).contains("VERIFIED");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    void aChangedByteIsFound() {
        assertTampered("byte", "entry 2");
    }

    @Test
    void aChangedByteWithAFittingHashIsFound() {
        assertTampered("hash", ALL_ENTRIES);
    }

    @Test
    void aDeletedRowIsFound() {
        assertTampered("gone", "entry 4");
    }

    @Test
    void swappedRowsAreFound() {
        assertTampered("swap", ALL_ENTRIES);
    }

    private void assertTampered(String realm, String named) {
        Command verified = Command.verify(jar(), bundle(realm));

        assertThat(verified.output()).contains("TAMPERED").contains(named);
        assertThat(verified.exitCode()).isEqualTo(1);
    }

    /** Answers the realm's id, which is the id of its log. */
    private String realmWithUsers(String realm) {
        admin.createRealm(realm);
        for (int i = 0; i < USERS; i++) {
            admin.createUser(realm, "user-" + i, "password");
        }
        long size = admin.auditLog(realm).awaitSealed().get("signedSize").asLong();
        assertThat(size).isGreaterThanOrEqualTo(USERS);
        return admin.realm(realm).get("").expect(200).json().get("id").asText();
    }

    /** Provisions as fast as it can, and kills the server in the middle of it. */
    private void killWhileProvisioning(KeycloakServer running) throws InterruptedException {
        Http scim = admin.scim(CRASHED, "hr", "hr-secret").with("Content-Type", "application/scim+json");
        Thread client = new Thread(() -> provisionUntilNobodyAnswers(scim));
        client.start();
        TimeUnit.MILLISECONDS.sleep(3_000);
        running.kill();
        client.join();
    }

    private void provisionUntilNobodyAnswers(Http scim) {
        try {
            for (int i = 0; true; i++) {
                ObjectNode person = JSON.createObjectNode().put("userName", "hired-" + i);
                person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
                scim.post("/Users", person).expect(201);
                acknowledged.add("hired-" + i);
            }
        } catch (UncheckedIOException e) {
            // what the kill looks like from here: the connection breaks, and the request's fate is unknown
        }
    }

    private Set<String> users() {
        JsonNode found = admin.realm(CRASHED)
                .get("/users?max=100000&search=hired-")
                .expect(200)
                .json();
        return found.findValuesAsText("username").stream().collect(Collectors.toSet());
    }

    private Path bundle(String realm) {
        return admin.auditLog(realm).bundle(folder.resolve(realm + ".zip"));
    }

    private static Path jar() {
        return Distribution.fromSystemProperties().jar();
    }
}
