package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.EventStream;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A person is erased on a running server: nothing tells of the person any more, and everything verifies. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGES = 80;

    @Parameter
    SharedServer shared = SharedServer.H2;

    @TempDir
    Path folder = Path.of("");

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private AuditLog log = new AuditLog(new Http(""));

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("erase");
        admin = shared.admin();
        admin.realm(realm)
                .put("", JSON.createObjectNode().put("editUsernameAllowed", true))
                .expect(204);
        log = admin.auditLog(realm);
    }

    @Test
    void nothingOfAnErasedPersonIsLeftAndEverythingVerifies() throws IOException, SQLException, InterruptedException {
        String mark = "q" + Long.toString(System.nanoTime(), 36);
        String id = createUser(mark + "-zoe");
        List<String> identifiers = List.of(
                id,
                mark + "-zoe",
                mark + "-married",
                mark + "@old.example",
                mark + "@new.example",
                mark + "given",
                mark + "family");
        Http users = admin.realm(realm);
        for (int i = 0; i < CHANGES; i++) {
            users.put("/users/" + id, user(mark, mark + (i % 2 == 0 ? "-married" : "-zoe"), i % 2 == 0 ? "new" : "old"))
                    .expect(204);
        }
        users.delete("/users/" + id).expect(204);
        log.awaitSealed();
        Path before = log.bundle(folder.resolve(shared + "-before.zip"));
        assertThat(log.entries("target=" + mark + "-zoe"))
                .as("by a former name, after the user was deleted")
                .hasSize(CHANGES + 2);
        JsonNode subject = subjects(mark + "@old.example").get(0);
        assertThat(subject.get("userId").asText()).isEqualTo(id);
        assertThat(subject.get("state").asText()).isEqualTo("open");

        JsonNode erased = erase(subject.get("subject").asText()).expect(200).json();
        assertThat(erased.get("entries").asInt()).isGreaterThanOrEqualTo(CHANGES + 2);
        JsonNode again = erase(subject.get("subject").asText()).expect(200).json();
        assertThat(again.get("entry").get("id")).isEqualTo(erased.get("entry").get("id"));
        assertThat(again.get("entries")).isEqualTo(erased.get("entries"));
        log.awaitSealed();

        assertThat(subjects(mark + "-zoe")).isEmpty();
        assertThat(subjects(id).get(0).get("state").asText()).isEqualTo("erased");
        assertThat(log.entries("user=" + id)).isEmpty();
        long index =
                log.entry(erased.get("entry").get("id").asText()).get("index").asLong();
        for (String text : everythingThatIsTold(index)) {
            assertThat(text).doesNotContainIgnoringCase(identifiers.toArray(String[]::new));
        }
        Path after = log.bundle(folder.resolve(shared + "-after.zip"));
        log.awaitSealed();
        assertVerified(before, "missing 0, mismatch 0");
        assertVerified(after, "missing 0, mismatch 0");
        assertThat(run("verify", after.toString()).output())
                .contains("entry " + index + ": erased ", "legal basis \"GDPR 17(1)(b)\"");
        assertThat(run("inspect", after.toString(), "--entries").output()).contains("(ERASED by entry " + index + ")");
        assertThat(verification().get("findings")).isEmpty();
        assertThat(shared.server().logs()).doesNotContainIgnoringCase(identifiers.toArray(String[]::new));
        if (shared == SharedServer.POSTGRES) {
            assertNoColumnHolds(identifiers);
        }
    }

    @Test
    void aPersonOnHoldIsNotErasedAndBothAreEntries() {
        String id = createUser("held-" + shared.name().toLowerCase(Locale.ROOT));
        log.awaitSealed();
        String subject = subjects(id).get(0).get("subject").asText();
        assertThat(log.http().put("/holds/" + subject, JSON.createObjectNode()).status())
                .isEqualTo(400);
        log.http()
                .put("/holds/" + subject, JSON.createObjectNode().put("reason", "case 42"))
                .expect(200);

        Http.Reply refused = erase(subject);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("case 42");
        assertThat(subjects(id).get(0).get("state").asText()).isEqualTo("held");
        assertThat(log.http()
                        .get("/holds")
                        .expect(200)
                        .json()
                        .get("holds")
                        .get(0)
                        .get("reason")
                        .asText())
                .isEqualTo("case 42");

        log.http().delete("/holds/" + subject).expect(204);
        assertThat(log.http().delete("/holds/" + subject).status()).isEqualTo(404);
        log.awaitSealed();
        assertThat(log.entries("operation=HOLD&target=" + id)).hasSize(1);
        assertThat(log.entries("operation=RELEASE&target=" + id)).hasSize(1);
        erase(subject).expect(200);
    }

    @Test
    void whatIsAskedWronglyIsRefusedAndChangesNothing() {
        ObjectNode both =
                JSON.createObjectNode().put("subject", "x").put("user", "y").put("reason", "r");
        assertThat(log.http().post("/erasures", both).status()).isEqualTo(400);
        assertThat(log.http()
                        .post("/erasures", JSON.createObjectNode().put("user", "y"))
                        .status())
                .isEqualTo(400);
        assertThat(log.http()
                        .post(
                                "/erasures",
                                JSON.createObjectNode().put("user", "nobody").put("reason", "r"))
                        .status())
                .isEqualTo(404);
        assertThat(erase("no-such-reference").status()).isEqualTo(404);
        assertThat(log.http().get("/subjects").status()).isEqualTo(400);
    }

    private String createUser(String name) {
        Http.Reply reply =
                admin.realm(realm).post("/users", user(name, name, "old")).expect(201);
        String location = reply.header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static ObjectNode user(String mark, String name, String host) {
        String stem = mark.replaceAll("-zoe$", "");
        return JSON.createObjectNode()
                .put("username", name)
                .put("email", stem + "@" + host + ".example")
                .put("firstName", stem + "given")
                .put("lastName", stem + "family")
                .put("enabled", true);
    }

    private JsonNode subjects(String user) {
        return log.http()
                .get("/subjects?user=" + Http.encode(user))
                .expect(200)
                .json()
                .get("subjects");
    }

    private Http.Reply erase(String subject) {
        return log.http()
                .post(
                        "/erasures",
                        JSON.createObjectNode()
                                .put("subject", subject)
                                .put("reason", "ticket 7")
                                .put("legalBasis", "GDPR 17(1)(b)"));
    }

    private JsonNode verification() throws InterruptedException {
        Http.Reply reply = log.http().post("/verification", JSON.createObjectNode());
        while (reply.status() == 409) {
            Thread.sleep(100);
            reply = log.http().post("/verification", JSON.createObjectNode());
        }
        return reply.expect(200).json();
    }

    /** Lists, single entries, the stream from its beginning, exports, the erasures. */
    private List<String> everythingThatIsTold(long entries) {
        List<String> told = new ArrayList<>();
        log.entries("").forEach(entry -> told.add(entry.toString()));
        for (long index = 0; index <= entries; index += 10) {
            told.add(log.http().get("/entries/" + index).expect(200).text());
        }
        try (EventStream stream = log.http().with("Last-Event-ID", "1.0").events("/stream")) {
            for (long index = 0; index <= entries; index++) {
                told.add(stream.await("entry").data());
            }
        }
        told.add(log.http().get("/export?format=csv").expect(200).text());
        told.add(log.http().get("/export?format=jsonl").expect(200).text());
        told.add(log.http().get("/erasures").expect(200).text());
        told.add(log.http().get("/status").expect(200).text());
        return told;
    }

    private static void assertVerified(Path bundle, String said) {
        Command result = run("verify", bundle.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("VERIFIED", said);
    }

    private static Command run(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Distribution.fromSystemProperties().jar().toString(),
                command));
        all.addAll(List.of(words));
        return Command.run(Path.of("."), all.toArray(String[]::new));
    }

    /** Every column of every table, Keycloak's own included. */
    private void assertNoColumnHolds(List<String> identifiers) throws SQLException {
        try (Connection database = shared.connection();
                Statement statement = database.createStatement()) {
            Map<String, List<String>> tables = new TreeMap<>();
            try (ResultSet columns = database.getMetaData().getColumns(null, "public", "%", "%")) {
                while (columns.next()) {
                    tables.computeIfAbsent(columns.getString("TABLE_NAME"), table -> new ArrayList<>())
                            .add(columns.getString("COLUMN_NAME"));
                }
            }
            assertThat(tables).hasSizeGreaterThan(50).containsKey("audit_private");
            for (String table : tables.keySet()) {
                for (String identifier : identifiers) {
                    String sql = "select count(*) from \"" + table + "\" t where t::text ilike '%" + identifier + "%'";
                    try (ResultSet count = statement.executeQuery(sql)) {
                        count.next();
                        assertThat(count.getLong(1))
                                .as(identifier + " in " + table)
                                .isZero();
                    }
                }
            }
        }
    }
}
