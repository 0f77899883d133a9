package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.e2e.console.AuditLogPage;
import dev.keyledger.e2e.console.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A real log is archived and pruned: what has expired is only in the archive then, and everything else proves what it did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetentionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "pruned";
    private static final int UNIT = 256;
    private static final int FEW = 20;
    private static final String WANDA = "wanda-archived";

    private Path folder = Path.of("");
    private String wanda = "";

    private KeycloakServer server;
    private AdminClient admin = new AdminClient("");
    private AuditLog log = new AuditLog(new Http(""));

    @BeforeAll
    void recordMoreThanTwoUnits(@TempDir Path temporary) {
        folder = temporary;
        server = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.POSTGRES.database("retention"))
                .withOptions(
                        "--spi-events-listener--keyledger-audit--archive-folder=" + folder.resolve("archives"),
                        "--spi-events-listener--keyledger-audit--archive-unit=" + UNIT,
                        "--spi-events-listener--keyledger-audit--public-tiles=" + REALM)
                .startAfresh("retention");
        admin = new AdminClient(server);
        admin.createRealm(REALM);
        log = admin.auditLog(REALM);
        wanda = admin.createUser(REALM, WANDA, "password");
        for (String email : List.of("wanda@old.example", "wanda@new.example")) {
            admin.realm(REALM)
                    .put("/users/" + wanda, JSON.createObjectNode().put("email", email))
                    .expect(204);
        }
        admin.realm(REALM).delete("/users/" + wanda).expect(204);
        for (int i = 0; i < FEW; i++) {
            admin.realm(REALM)
                    .post("/roles", JSON.createObjectNode().put("name", "kept-" + i))
                    .expect(201);
        }
        Http anybody = new Http(server.baseUrl());
        for (int i = 0; i < 2 * UNIT + FEW; i++) {
            anybody.form(
                    "/realms/" + REALM + "/protocol/openid-connect/token",
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            "nobody-" + i,
                            "password",
                            "guessed"));
        }
        log.awaitSealed();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1) // it is about the first archives
    void whatHasExpiredIsOnlyInTheArchiveAndEverythingStillProves() throws IOException {
        refusesWhatIsNoPeriod();
        Path before = log.bundle(folder.resolve("before.zip"));
        log.http().post("/archives", JSON.createObjectNode()).expect(200);
        List<Path> files = archived(log.http().get("/archives").expect(200).json());
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);

        decide("PT0S", null);
        waitsForASinkThatLags();
        JsonNode done = log.http()
                .post("/retention/prune", JSON.createObjectNode())
                .expect(200)
                .json();

        long min = done.get("minIndex").asLong();
        assertThat(min).isGreaterThanOrEqualTo(2 * UNIT);
        assertThat(done.at("/pruned/0/deleted").asLong()).isGreaterThan(100);
        log.awaitSealed();
        JsonNode shown = log.http().get("/retention").expect(200).json();
        assertThat(shown.get("archiving").asBoolean()).isTrue();
        assertThat(shown.get("minIndex").asLong()).isEqualTo(min);
        assertThat(shown.at("/pruned/0/index").isNumber()).isTrue();
        assertThat(shown.at("/pruned/0/kept").asInt()).isGreaterThan(FEW);
        assertThat(log.entries("operation=CREATE&resourceType=REALM_ROLE")).hasSize(FEW);
        JsonNode state = log.http()
                .get("/resources/ROLE/" + keptEntry().at("/target/id").asText() + "/state")
                .expect(200)
                .json();
        assertThat(state.at("/attributes/name").asText()).isEqualTo("kept-3");
        assertThat(state.get("complete").asBoolean()).as("others may be pruned").isFalse();
        assertThat(verifiedByTheServer().get("findings")).isEmpty();

        tilesAreAsTheStandardHasThem();
        bundlesVerify(min, before, files.get(0));

        findsHoldsAndErasesWhoIsInArchivesOnly();
        assertThat(Evidence.verified(files.get(0))).contains("VERIFIED");
        assertThat(Evidence.verified(
                        log.bundle(folder.resolve("after.zip")),
                        "--since",
                        Evidence.checkpoint(files.get(0)).toString()))
                .contains("VERIFIED", "which you kept");
        assertThat(verifiedByTheServer().get("findings")).isEmpty();
    }

    @Test
    @Order(2)
    void theConsoleSaysWhereEntriesAreMissingAndVerifiesWhatIsLeft() {
        try (Browser browser = Browser.open()) {
            log.http().post("/archives", JSON.createObjectNode()).expect(200);
            decide("PT0S", null);
            log.http().post("/retention/prune", JSON.createObjectNode()).expect(200);
            log.awaitSealed();
            long min = log.http()
                    .get("/retention")
                    .expect(200)
                    .json()
                    .get("minIndex")
                    .asLong();
            assertThat(min).isGreaterThanOrEqualTo(2 * UNIT);
            List<JsonNode> left = log.entries("");
            long kept = left.get(left.size() - 1).get("index").asLong();
            assertThat(kept).as("an entry that stays").isLessThan(min);

            AuditLogPage page = new AuditLogPage(browser, server.baseUrl());
            page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
            page.open("master", "#/" + REALM + "/audit-log");
            page.awaitRows();
            assertThat(browser.find("[data-testid=keyledger-not-counted]").getText())
                    .contains(String.format(Locale.ENGLISH, "below number %,d", min), "not counted");
            page.turnToTheEnd();
            assertThat(browser.find("[data-testid=keyledger-pruned-note]").getText())
                    .contains("in the archives", String.format(Locale.ENGLISH, "below number %,d", min));
            browser.inEachMode("pruned-list");
            assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();

            page.open("master", "#/" + REALM + "/audit-log/" + kept);
            assertThat(page.verify()).hasSize(5).allMatch(step -> step.endsWith(" passed"));
            page.open("master", "#/" + REALM + "/audit-log/" + min);
            assertThat(page.verify()).hasSize(5).allMatch(step -> step.endsWith(" passed"));
        }
    }

    /** A webhook that is paused has still to be told everything. */
    private void waitsForASinkThatLags() {
        ObjectNode paused = JSON.createObjectNode()
                .put("url", "https://siem.example.com/hook")
                .put("paused", true)
                .put("from", 0);
        log.http().put("/sinks/siem", paused).expect(201);
        assertThat(log.http()
                        .post("/retention/prune", JSON.createObjectNode())
                        .expect(200)
                        .json()
                        .get("pruned"))
                .isEmpty();
        JsonNode shown = log.http().get("/retention").expect(200).json();
        assertThat(shown.get("undelivered").asLong()).isZero();
        assertThat(shown.get("undelivered").isNumber()).isTrue();
        log.http().delete("/sinks/siem").expect(204);
    }

    private void findsHoldsAndErasesWhoIsInArchivesOnly() {
        decide("PT0S", "PT0S");
        log.http().post("/retention/prune", JSON.createObjectNode()).expect(200);
        JsonNode found = subject(WANDA);
        String reference = found.get("subject").asText();
        assertThat(found.get("userId").asText()).isEqualTo(wanda);
        assertThat(found.get("names").toString()).contains(WANDA, "wanda@old.example");
        assertThat(found.get("entries").asLong())
                .as("only archives tell of her")
                .isZero();
        assertThat(subject("wanda@old.example")).isEqualTo(found);
        assertThat(subject(wanda)).isEqualTo(found);
        assertThat(rows("audit_private", reference)).isZero();
        assertThat(rows("audit_person", reference)).isOne();

        log.http()
                .put("/holds/" + reference, JSON.createObjectNode().put("reason", "case 42"))
                .expect(200);
        Http.Reply refused = erase(reference);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("case 42");
        assertThat(subject(WANDA).get("state").asText()).isEqualTo("held");
        log.http().delete("/holds/" + reference).expect(204);

        JsonNode done = erase(reference).expect(200).json();

        log.awaitSealed();
        JsonNode entry = log.entry(done.at("/entry/id").asText());
        assertThat(entry.get("operation").asText()).isEqualTo("ERASURE");
        assertThat(entry.at("/slots/change/value/details/keys").asText())
                .as("the destroyed key's fingerprint")
                .isNotEmpty();
        assertThat(entry.toString()).doesNotContain(WANDA, wanda);
        for (String table : List.of("audit_subject_key", "audit_name", "audit_person", "audit_private", "audit_hold")) {
            assertThat(rows(table, reference)).as(table).isZero();
        }
        assertThat(subject(wanda).get("state").asText()).isEqualTo("erased");
        assertThat(subjects(WANDA)).isEmpty();
    }

    private Http.Reply erase(String reference) {
        return log.http()
                .post(
                        "/erasures",
                        JSON.createObjectNode().put("subject", reference).put("reason", "ticket 9"));
    }

    private JsonNode subject(String user) {
        JsonNode subjects = subjects(user);
        assertThat(subjects).as(user).hasSize(1);
        return subjects.get(0);
    }

    private JsonNode subjects(String user) {
        return log.http()
                .get("/subjects?user=" + Http.encode(user))
                .expect(200)
                .json()
                .get("subjects");
    }

    private static long rows(String table, String reference) {
        try (Connection connection = SharedServer.POSTGRES.connection("retention");
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from " + table + " where subject_ref = ?")) {
            count.setString(1, reference);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count rows of " + table, e);
        }
    }

    /** One that tells of a role, and stays. */
    private JsonNode keptEntry() {
        return log.entry(log.entries("target=kept-3").get(0).get("id").asText());
    }

    private void refusesWhatIsNoPeriod() {
        assertThat(periods("a year", null).status()).isEqualTo(400);
        assertThat(log.http()
                        .get("/retention")
                        .expect(200)
                        .json()
                        .at("/periods/user")
                        .asText())
                .isEqualTo("P12M");
    }

    private void decide(String user, @Nullable String others) {
        JsonNode shown = periods(user, others).expect(200).json();
        assertThat(shown.at("/periods/user").asText()).isEqualTo(user);
        assertThat(log.awaitEntry("operation=RETENTION")
                        .at("/slots/change/value/details/periods")
                        .asText())
                .contains(user);
    }

    private Http.Reply periods(String user, @Nullable String others) {
        ObjectNode periods =
                JSON.createObjectNode().put("user", user).put("admin", others).put("scim", others);
        return log.http().put("/retention", JSON.createObjectNode().set("periods", periods));
    }

    private void tilesAreAsTheStandardHasThem() {
        Http tiles = new Http(server.baseUrl()).below("/realms/" + REALM + "/audit-log");
        Http.Reply gone = tiles.get("/tile/entries/000");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.text()).contains("0-256-", ".keyledger.zip");
        assertThat(tiles.get("/tile/0/000").expect(200).bytes()).hasSize(UNIT * 32);
        tiles.get("/tile/1/000.p/2").expect(200);
    }

    private void bundlesVerify(long min, Path before, Path archive) throws IOException {
        assertThat(Evidence.verified(archive)).contains("VERIFIED");
        Http.Reply gone = log.http().get("/bundle?from=0&to=100");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.text()).contains("0-256-");

        JsonNode kept = log.entry(log.entries("target=kept-3").get(0).get("id").asText());
        long index = kept.get("index").asLong();
        assertThat(index).isLessThan(UNIT);
        Path one = Files.write(
                folder.resolve("kept.zip"),
                log.http()
                        .get("/bundle?from=" + index + "&to=" + (index + 1))
                        .expect(200)
                        .bytes());
        assertThat(Evidence.verified(one)).contains("VERIFIED");

        Path today = log.bundle(folder.resolve("today.zip"));
        assertThat(Evidence.verified(today)).contains("VERIFIED", "begins at entry " + min);
        for (Path older : List.of(before, archive)) {
            assertThat(Evidence.verified(
                            today, "--since", Evidence.checkpoint(older).toString()))
                    .contains("VERIFIED", "which you kept");
        }
    }

    private JsonNode verifiedByTheServer() {
        log.http().post("/verification", JSON.createObjectNode()).expect(200, 202);
        return log.http().get("/verification").expect(200).json();
    }

    private List<Path> archived(JsonNode archives) {
        return archives.get("archives").findValuesAsText("place").stream()
                .map(place -> folder.resolve("archives").resolve(place))
                .toList();
    }
}
