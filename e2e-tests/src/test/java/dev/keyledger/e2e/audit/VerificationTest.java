package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who owns the database edits the logs of some realms; the server, which verifies its logs, finds it by itself. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORGED = "00000000-0000-7000-8000-000000000001";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter
    SharedServer kind = SharedServer.H2;

    private @Nullable KeycloakServer server;
    private AdminClient admin = new AdminClient("");

    @BeforeParameterizedClassInvocation
    void editTheDatabaseOfAServer() throws SQLException {
        Database database = kind.database("verification");
        KeycloakServer started = DistLauncher.ofSystemProperties()
                .withDatabase(database)
                .withOptions(
                        "--spi-events-listener--keyledger-audit--verify-interval=2",
                        "--spi-events-listener--keyledger-audit--verify-sample-interval=1")
                .startAfresh("verification-" + kind.name().toLowerCase(Locale.ROOT));
        server = started;
        admin = new AdminClient(started);
        String edited = realmWithUsers("edited");
        String emptied = realmWithUsers("emptied");
        String hidden = realmWithUsers("hidden");
        String forged = realmWithUsers("forged");
        String postponed = realmWithUsers("postponed");
        verifyNow("postponed");
        String unruled = realmWithUsers("unruled");
        admin.realm("unruled").put("/audit-log/policy", JSON.createObjectNode()).expect(200);
        admin.auditLog("unruled").awaitSealed();
        realmWithUsers("clean");
        assertThat(alarms().status()).as("before anybody edits anything").isEqualTo(200);
        started.stop();
        try (LogTables tables = LogTables.open(started, database)) {
            tables.changeOneByteAndItsHash(edited, 2);
            tables.execute(
                    "delete from AUDIT_PRIVATE where SLOT like 't%' and LOG_INDEX = 1 and LOG_ID = '" + emptied + "'");
            tables.execute(
                    "update AUDIT_ENTRY set OPERATION = 'ACTION' where LOG_INDEX = 1 and LOG_ID = '" + hidden + "'");
            tables.execute(
                    "update AUDIT_VERIFICATION set CLAIMED_UNTIL = 99999999999999, VERIFIED_TIME = 99999999999999,"
                            + " SAMPLED_TIME = 99999999999999 where LOG_ID = '" + postponed + "'");
            tables.execute("delete from AUDIT_POLICY where REALM_ID = '" + unruled + "'");
            tables.execute("insert into AUDIT_STAGE (ID, LOG_ID, EVENT_TIME, STATE, LEAF, PRIVATE_PART, MAC) values ('"
                    + FORGED + "', '" + forged + "', 1, 'STAGED', '{}', 'x', 'x')");
        }
        started.start();
    }

    @AfterParameterizedClassInvocation
    void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void anEditedEntryIsFoundAndToldOnce() {
        JsonNode found = await("edited", verification -> finds(verification, "entries [0, "));
        long verified = found.get("verified").asLong();
        await("edited", again -> again.get("verified").asLong() > verified);

        AuditLog log = admin.auditLog("edited");
        log.awaitEntry("operation=INTEGRITY_ALARM");
        assertThat(log.entries("operation=INTEGRITY_ALARM"))
                .extracting(entry -> log.entry(entry.get("id").asText())
                        .at("/slots/change/value/details/finding")
                        .asText())
                .containsExactlyInAnyOrderElementsOf(distinctFindings("edited"))
                .anyMatch(finding -> finding.contains("entries [0, "));
        assertThat(log.status().get("state").asText()).isEqualTo("ACTIVE");
        assertThat(log.status().at("/verification/findings").asInt()).isPositive();
        assertThat(server().logs()).contains("AUDIT ALARM: log ");
    }

    @Test
    void aLostPrivatePartIsFound() {
        await("emptied", verification -> finds(verification, "entry 1: slot target is gone or does not open"));
    }

    @Test
    void anEntryThatSearchesDoNotFindAnyMoreIsFound() {
        await("hidden", verification -> finds(verification, "entry 1: the columns that searches use"));
    }

    @Test
    void aVerificationThatSomebodyHasPutOffIsDoneAndTold() {
        JsonNode alarm = admin.auditLog("postponed").awaitEntry("operation=INTEGRITY_ALARM");

        assertThat(alarm.at("/slots/change/value/details/finding").asText())
                .contains("AUDIT_VERIFICATION says of this log that it was verified");
        await(
                "postponed",
                verification ->
                        verification.get("verified").asLong() <= Instant.now().toEpochMilli());
    }

    @Test
    void aPolicyThatWasRemovedWhileNoNodeRanIsMissed() {
        JsonNode alarm = admin.auditLog("unruled").awaitEntry("operation=INTEGRITY_ALARM");

        assertThat(alarm.at("/slots/change/value/details/check").asText()).isEqualTo("policy");
        assertThat(alarm.at("/slots/change/value/details/finding").asText())
                .contains("in AUDIT_POLICY was changed or removed");
    }

    @Test
    void aForgedStagedRowIsSetAsideAndTold() {
        await("forged", verification -> finds(verification, "staged row " + FORGED));

        AuditLog log = admin.auditLog("forged");
        log.awaitEntry("operation=FORGED_STAGE");
        assertThat(log.status().get("quarantined").asInt()).isOne();
        assertThat(log.entries("operation=FORGED_STAGE")).hasSize(1);
    }

    @Test
    void aVerificationCanBeAskedForAtOnce() {
        JsonNode clean = verifyNow("clean");
        assertThat(clean.get("findings")).isEmpty();
        assertThat(clean.get("entries").asLong())
                .isEqualTo(clean.get("size").asLong())
                .isPositive();
        assertThat(finds(verifyNow("hidden"), "entry 1: the columns that searches use"))
                .isTrue();
    }

    @Test
    void healthAndMetricsSayItAndTheNodeStaysInTheLoadBalancer() {
        await("hidden", verification -> !verification.get("findings").isEmpty());
        Await.until("health says so", LIMIT, () -> alarms().status() == 503);

        JsonNode check = alarms().json().get("checks").get(0);
        assertThat(check.get("name").asText()).isEqualTo("Keyledger audit log");
        assertThat(check.at("/data/findings").asInt()).isPositive();
        Http.Reply ready = new Http(server().managementUrl()).get("/health/ready");
        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
        assertThat(ready.text()).contains("Keyledger audit log");
        assertThat(new Http(server().managementUrl()).get("/metrics").text())
                .contains("keyledger_audit_logs_halted 0.0", "keyledger_audit_staged ")
                .containsPattern("keyledger_audit_findings [1-9]");
    }

    private Http.Reply alarms() {
        return new Http(server().managementUrl()).get("/health/group/keyledger");
    }

    private List<String> distinctFindings(String realm) {
        return verification(realm).get("findings").findValuesAsText("finding").stream()
                .distinct()
                .toList();
    }

    private JsonNode verification(String realm) {
        return admin.auditLog(realm).http().get("/verification").expect(200).json();
    }

    /** The background may be at it just now. */
    private JsonNode verifyNow(String realm) {
        return Await.answer(
                        LIMIT,
                        () -> admin.auditLog(realm).http().post("/verification", JSON.createObjectNode()),
                        reply -> reply.status() != 409)
                .expect(200)
                .json();
    }

    private static boolean finds(JsonNode verification, String words) {
        return verification.get("findings").findValuesAsText("finding").stream()
                .anyMatch(finding -> finding.contains(words));
    }

    private JsonNode await(String realm, Predicate<JsonNode> wanted) {
        return Await.answer(LIMIT, () -> verification(realm), wanted);
    }

    /** Answers the realm's id, which is the id of its log. */
    private String realmWithUsers(String realm) {
        admin.createRealm(realm);
        for (int i = 0; i < 3; i++) {
            admin.createUser(realm, "user-" + i, "password");
        }
        admin.auditLog(realm).awaitSealed();
        return admin.realm(realm).get("").expect(200).json().get("id").asText();
    }

    private KeycloakServer server() {
        if (server == null) {
            throw new IllegalStateException("the server is not started");
        }
        return server;
    }
}
