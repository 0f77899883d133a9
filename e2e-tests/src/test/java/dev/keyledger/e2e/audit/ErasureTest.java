package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.e2e.sink.WebhookReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"?([0-9]+)");

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
        ObjectNode settings =
                JSON.createObjectNode().put("editUsernameAllowed", true).put("passwordPolicy", "hashIterations(1)");
        // Keycloak's own listener writes who could not log in to the server's log, where nobody erases anything.
        settings.putArray("eventsListeners");
        admin.realm(realm).put("", settings).expect(204);
        log = admin.auditLog(realm);
    }

    @Test
    void nothingOfAPersonWithManyEntriesIsLeftAndEverythingVerifies() throws Exception {
        String mark = "q-" + Long.toString(System.nanoTime(), 36);
        ManyEntries person = ManyEntries.of(admin, shared.server().baseUrl(), realm, mark);
        admin.realm(realm).delete("/users/" + person.id()).expect(204);
        log = admin.auditLog(realm);
        log.awaitSealed();
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            hook(receiver, "early", log.status().get("signedSize").asLong() - 5, "user", "admin");
            await("the last entries are told", () -> receiver.messages().size() >= 5);
            assertThat(receiver.messages().toString()).as("before").contains(person.id());
            Path before = log.bundle(folder.resolve(shared + "-before.zip"));
            person.assertIn(Evidence.files(before, "tile/"), false);
            person.assertIn(Evidence.files(before, "private.jsonl"), true);
            person.assertIn(List.of(metrics()), false);
            List<JsonNode> deletion = log.entries("operation=DELETE&target=" + mark + "-zoe");
            assertThat(deletion)
                    .as("by a former name, after the user was deleted")
                    .hasSize(1);
            assertThat(log.entry(deletion.get(0).get("id").asText()).toString()).contains(person.id());
            JsonNode subject = subjects(mark + "@old.example").get(0);
            assertThat(subject.get("userId").asText()).isEqualTo(person.id());
            assertThat(subject.get("entries").asLong()).isGreaterThanOrEqualTo(ManyEntries.COUNT);

            log = admin.auditLog(realm);
            String reference = subject.get("subject").asText();
            JsonNode erased = erase(reference).expect(200).json();
            assertThat(erased.get("entries").asInt()).isGreaterThanOrEqualTo(ManyEntries.COUNT);
            JsonNode again = erase(reference).expect(200).json();
            assertThat(again.get("entry").get("id"))
                    .isEqualTo(erased.get("entry").get("id"));
            assertThat(again.get("entries")).isEqualTo(erased.get("entries"));
            log.awaitSealed();

            assertThat(subjects(mark + "-zoe")).isEmpty();
            assertThat(subjects(person.id()).get(0).get("state").asText()).isEqualTo("erased");
            assertThat(log.entries("user=" + person.id())).isEmpty();
            int told = receiver.messages().size();
            long size = log.status().get("signedSize").asLong();
            hook(receiver, "late", 0, "admin");
            log.http()
                    .post("/sinks/early/redeliver", JSON.createObjectNode().put("from", 0))
                    .expect(204);
            Told everything = new Told(() -> admin.auditLog(realm), folder.resolve(shared + "-after.zip"));
            everything.collect(size);
            log = admin.auditLog(realm);
            Set<Long> toTell = new TreeSet<>();
            for (String kind : List.of("user", "admin")) {
                log.entries("kind=" + kind)
                        .forEach(entry -> toTell.add(entry.get("index").asLong()));
            }
            assertThat(toTell).hasSizeGreaterThan(ManyEntries.COUNT);
            await(
                    "both webhooks are told everything again",
                    () -> sequences(receiver, told).containsAll(toTell)
                            && admin.auditLog(realm)
                                            .http()
                                            .get("/sinks/late")
                                            .json()
                                            .get("behind")
                                            .asLong()
                                    == 0);
            List<WebhookReceiver.Message> replayed =
                    receiver.messages().subList(told, receiver.messages().size());
            person.assertIn(everything.texts(), false);
            person.assertIn(replayed.stream().map(WebhookReceiver.Message::body).toList(), false);
            person.assertIn(List.of(shared.server().logs()), false);
            if (shared == SharedServer.POSTGRES) {
                try (Connection database = shared.connection()) {
                    person.assertInNoColumn(database);
                }
            }
            log = admin.auditLog(realm);
            long index = log.entry(erased.get("entry").get("id").asText())
                    .get("index")
                    .asLong();
            assertVerified(before);
            assertVerified(everything.bundle());
            assertThat(Evidence.run("verify", everything.bundle().toString()).output())
                    .contains("entry " + index + ": erased ", "legal basis \"GDPR 17(1)(b)\"");
            assertThat(Evidence.run("inspect", everything.bundle().toString(), "--entries")
                            .output())
                    .contains("(ERASED by entry " + index + ")");
            Path filtered = export("format=bundle&operation=DELETE");
            assertVerified(filtered);
            assertThat(Evidence.run("inspect", filtered.toString(), "--op", "DELETE")
                            .output())
                    .contains("(ERASED by entry ")
                    .hasLineCount(1);
            assertThat(verification().get("findings")).isEmpty();
            assertThat(log.http().get("/erasures").expect(200).json().get("underWay"))
                    .isEmpty();
        }
        log.http().delete("/sinks/early").expect(204);
        log.http().delete("/sinks/late").expect(204);
    }

    private String metrics() {
        return new Http(shared.server().managementUrl())
                .get("/metrics")
                .expect(200)
                .text();
    }

    private void hook(WebhookReceiver receiver, String name, long from, String... kinds) {
        ObjectNode hook = JSON.createObjectNode().put("url", receiver.url()).put("from", from);
        for (String kind : kinds) {
            hook.withArray("kinds").add(kind);
        }
        log.http().put("/sinks/" + name, hook).expect(201);
    }

    /** The indices of the entries that were told since so many messages. */
    private static Set<Long> sequences(WebhookReceiver receiver, int told) {
        Set<Long> sequences = new TreeSet<>();
        List<WebhookReceiver.Message> messages = receiver.messages();
        for (WebhookReceiver.Message message : messages.subList(told, messages.size())) {
            Matcher matcher = SEQUENCE.matcher(message.body());
            if (matcher.find()) {
                sequences.add(Long.valueOf(matcher.group(1)));
            }
        }
        return sequences;
    }

    private Path export(String query) throws IOException {
        return Files.write(
                folder.resolve(shared + "-filtered.zip"),
                log.http().get("/export?" + query).expect(200).bytes());
    }

    private static void await(String what, Callable<Boolean> is) {
        Await.until(what, Duration.ofMinutes(5), is);
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
        Http.Reply reply = admin.realm(realm)
                .post("/users", JSON.createObjectNode().put("username", name))
                .expect(201);
        String location = reply.header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
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

    private JsonNode verification() {
        return Await.answer(
                        Duration.ofMinutes(1),
                        () -> log.http().post("/verification", JSON.createObjectNode()),
                        reply -> reply.status() != 409)
                .expect(200)
                .json();
    }

    private static void assertVerified(Path bundle) {
        assertThat(Evidence.verified(bundle)).contains("missing 0, mismatch 0");
    }
}
