package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command of the shipped jar on an evidence bundle of a real server: what an auditor types, and what comes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nobody has asked this witness. */
    private static final String UNMET =
            "witness w witness.example.org/w1+f3c080b6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X\nquorum w\n";

    private Path folder = Path.of("");
    private AuditLog log = new AuditLog(new Http(""));
    private List<JsonNode> all = List.of();
    private String ada = "";
    private Path since = Path.of("");
    private Path bundle = Path.of("");

    @BeforeAll
    void exportALog(@TempDir Path temporary) throws IOException {
        folder = temporary;
        AdminClient admin = SharedServer.POSTGRES.admin();
        String realm = SharedServer.POSTGRES.freshRealm("command");
        Http users = admin.realm(realm);
        users.put("", JSON.createObjectNode().put("editUsernameAllowed", true)).expect(204);
        ada = admin.createUser(realm, "ada", "password");
        log = admin.auditLog(realm);
        since = Files.writeString(
                folder.resolve("since"), log.awaitSealed().get("checkpoint").asText());
        admin.login(realm, "admin-cli", "ada", "wrong").expect(400, 401);
        users.put("/users/" + ada, JSON.createObjectNode().put("username", "ada.married"))
                .expect(204);
        admin.createUser(realm, "bob", "password");
        users.post("/groups", JSON.createObjectNode().put("name", "team")).expect(201);
        users.delete("/users/" + ada).expect(204);
        log.awaitSealed();
        all = log.entries("");
        bundle = log.bundle(folder.resolve("bundle.zip"));
    }

    @Test
    void verifiesSinceAKeptCheckpointAndSaysSoInJson() throws IOException {
        Command done = Evidence.run("verify", bundle.toString(), "--since", since.toString(), "--json");

        assertThat(done.exitCode()).as(done.output()).isZero();
        JsonNode report = JSON.readTree(done.output());
        assertThat(report.get("verdict").asText()).isEqualTo("VERIFIED");
        assertThat(report.get("entries").asInt()).isEqualTo(all.size());
        assertThat(report.get("origin").asText())
                .isEqualTo(log.status().get("origin").asText());
        assertThat(report.get("findings").findValuesAsText("message"))
                .anyMatch(each -> each.contains("which you kept"));
        assertThat(report.get("findings").findValuesAsText("status")).doesNotContain("FAIL");
    }

    @Test
    void doesNotCallVerifiedWhatThePolicysWitnessesHaveNotSeen() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy"), UNMET);

        Command done = Evidence.run("verify", bundle.toString(), "--policy", policy.toString(), "--json");

        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(JSON.readTree(done.output()).get("verdict").asText()).isEqualTo("INCOMPLETE");
    }

    @Test
    void doesNotCallVerifiedWhatIsOfAnotherLogThanTheKeptCheckpoint() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other"),
                SharedServer.POSTGRES
                        .admin()
                        .auditLog("master")
                        .awaitSealed()
                        .get("checkpoint")
                        .asText());

        assertThat(Evidence.run("verify", bundle.toString(), "--since", other.toString())
                        .exitCode())
                .isNotZero();
    }

    @Test
    void showsTheEntriesThatFitEveryFilter() throws IOException {
        String middle = Instant.ofEpochMilli(all.get(all.size() / 2).get("time").asLong())
                .toString();
        long time = Instant.parse(middle).toEpochMilli();
        assertShown(entry -> true);
        assertShown(entry -> is(entry, "kind", "user"), "--kind", "user");
        assertShown(
                entry -> is(entry, "operation", "CREATE") && is(entry, "resourceType", "USER"),
                "--op",
                "create",
                "--res",
                "user");
        assertShown(
                entry -> is(entry, "operation", "CREATE") || is(entry, "operation", "DELETE"),
                "--op",
                "CREATE",
                "--op",
                "DELETE");
        assertShown(entry -> is(entry, "outcome", "failure"), "--failed");
        assertShown(entry -> entry.get("time").asLong() >= time, "--after", middle);
        assertShown(entry -> entry.get("time").asLong() < time, "--before", middle);
        assertShown(
                entry -> entry.get("index").asLong() >= 1 && entry.get("index").asLong() < 3,
                "--from",
                "1",
                "--to",
                "3");
        assertShown(
                entry -> entry.at("/actor/id").asText().equals(ada)
                        || entry.at("/target/id").asText().equals(ada),
                "--subject",
                "ada");
    }

    private static boolean is(JsonNode entry, String member, String value) {
        return entry.get(member).asText().equals(value);
    }

    /** As lines of text and of JSON, neither none nor, but without a filter, all. */
    private void assertShown(Predicate<JsonNode> wanted, String... filters) throws IOException {
        List<Long> indices = all.stream()
                .filter(wanted)
                .map(entry -> entry.get("index").asLong())
                .sorted()
                .toList();
        assertThat(indices).as(String.join(" ", filters)).isNotEmpty();
        assertThat(indices.size() == all.size()).isEqualTo(filters.length == 0);
        List<String> words = new ArrayList<>(List.of("inspect", bundle.toString(), "--entries"));
        words.addAll(List.of(filters));
        Command text = Evidence.run(words.toArray(String[]::new));
        assertThat(text.exitCode()).as(text.output()).isZero();
        assertThat(text.output().lines().map(line -> Long.valueOf(line.substring(0, line.indexOf(' ')))))
                .as(text.output())
                .containsExactlyElementsOf(indices);
        words.add("--json");
        List<Long> read = new ArrayList<>();
        for (String line :
                Evidence.run(words.toArray(String[]::new)).output().lines().toList()) {
            read.add(JSON.readTree(line).get("index").asLong());
        }
        assertThat(read).isEqualTo(indices);
    }
}
