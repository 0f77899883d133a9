package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed (SIGKILL) between two transactions of an erasure of a person with thousands of entries, and started again:
 * it ends the erasure by itself, and what was exported before, meanwhile and afterwards verifies.
 */
class ErasureKillTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "broken-off";
    private static final String DATABASE = "erasurekill";

    /** Two minutes pass before a server goes on with what another may still be at: for real with all tests. */
    private static final boolean WAITS = "all".equals(System.getProperty("keyledger.tests"));

    private static final int UNANSWERED = 0;
    private static final String LATER = "update audit_erasing set seen_time = seen_time - 120000";

    @TempDir
    Path folder = Path.of("");

    private KeycloakServer server;
    private AdminClient admin = new AdminClient("");

    @BeforeEach
    void start() {
        server = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.POSTGRES.database(DATABASE))
                .startAfresh("erasure-kill");
        admin = new AdminClient(server);
        admin.createRealm(REALM);
        ObjectNode settings = JSON.createObjectNode().put("editUsernameAllowed", true);
        settings.put("passwordPolicy", "hashIterations(1)").putArray("eventsListeners");
        admin.realm(REALM).put("", settings).expect(204);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anErasureInWhichTheServerIsKilledIsEndedByTheNextStart() throws Exception {
        String mark = "k-" + Long.toString(System.nanoTime(), 36);
        ManyEntries person = ManyEntries.of(admin, server.baseUrl(), REALM, mark);
        admin.realm(REALM).delete("/users/" + person.id()).expect(204);
        log().awaitSealed();
        Path before = log().bundle(folder.resolve("before.zip"));

        Path meanwhile = folder.resolve("meanwhile.zip");
        try (Connection database = SharedServer.POSTGRES.connection(DATABASE)) {
            database.setAutoCommit(false);
            lockTheLastSlot(database, subject(person.id()).get("subject").asText());
            AuditLog log = log();
            CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> erase(log, person.id()));
            await(
                    "the first transaction is over",
                    () -> underWay().path("entries").asLong() > 0);
            log().bundle(meanwhile);
            server.kill();
            assertThat(asked.join()).as("nobody was told that it is done").isEqualTo(UNANSWERED);
            database.rollback();
            if (!WAITS) {
                database.createStatement().executeUpdate(LATER);
                database.commit();
            }
        }
        server.start();
        await("it is done", () -> underWay().isMissingNode());

        log().awaitSealed();
        Path after = log().bundle(folder.resolve("after.zip"));
        assertVerified(before);
        assertVerified(meanwhile);
        assertVerified(after, "--since", Evidence.checkpoint(before).toString());
        assertThat(subject(person.id()).get("state").asText()).isEqualTo("erased");
        JsonNode erasures = log().http().get("/erasures").expect(200).json().get("erasures");
        assertThat(erasures).hasSizeGreaterThan(1);
        assertThat(erasures.get(0).at("/by/type").asText())
                .as("the server went on")
                .isEqualTo("system");
        assertThat(erasures.get(erasures.size() - 1).at("/by/name").asText()).isEqualTo(DistLauncher.ADMIN);
        try (Connection database = SharedServer.POSTGRES.connection(DATABASE)) {
            person.assertInNoColumn(database);
        }
    }

    /** So that the transaction that comes to it does not end; the ones before do. */
    private static void lockTheLastSlot(Connection database, String subject) throws SQLException {
        try (PreparedStatement slots = database.prepareStatement(
                "select log_index from audit_private where subject_ref = ? order by log_index desc limit 1 for update")) {
            slots.setString(1, subject);
            try (ResultSet last = slots.executeQuery()) {
                assertThat(last.next()).isTrue();
            }
        }
    }

    private static int erase(AuditLog log, String id) {
        try {
            return log.http()
                    .post("/erasures", JSON.createObjectNode().put("user", id).put("reason", "ticket 7"))
                    .status();
        } catch (UncheckedIOException e) {
            return UNANSWERED;
        }
    }

    private JsonNode underWay() {
        return log().http().get("/erasures").expect(200).json().at("/underWay/0");
    }

    private JsonNode subject(String id) {
        return log().http().get("/subjects?user=" + id).expect(200).json().at("/subjects/0");
    }

    private AuditLog log() {
        return admin.auditLog(REALM);
    }

    private static void await(String what, Callable<Boolean> is) {
        Await.until(what, Duration.ofMinutes(4), is);
    }

    private static void assertVerified(Path bundle, String... options) {
        assertThat(Evidence.verified(bundle, options)).contains("missing 0, mismatch 0");
    }
}
