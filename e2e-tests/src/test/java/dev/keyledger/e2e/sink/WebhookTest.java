package dev.keyledger.e2e.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A realm's admin lets a webhook be told the realm's log; the receiver verifies with the library of Standard Webhooks. */
class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final AdminClient admin = SharedServer.H2.admin();
    private final String realm = SharedServer.H2.freshRealm("webhook");
    private final Http http = admin.realm(realm).below("/audit-log/sinks");
    private WebhookReceiver receiver;
    private int users;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stopReceiver() {
        http.delete("/hook");
        receiver.close();
    }

    @Test
    void theReceiverVerifiesEveryMessageAndGetsThemInOrder() throws Exception {
        String secret = create(body().put("from", 0));
        createUsers(3);
        long size = signedSize();

        await("everything is told", () -> indices().size() >= size && types().contains("audit.checkpoint"));

        Webhook library = new Webhook(secret);
        for (WebhookReceiver.Message message : receiver.messages()) {
            library.verify(message.body(), message.headers());
        }
        assertThat(indices()).startsWith(LongStream.range(0, size).boxed().toArray(Long[]::new));
        JsonNode event = events().stream()
                .filter(each -> each.at("/data/user/name").asText().equals("user-1"))
                .findFirst()
                .orElseThrow();
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("type").asText()).isEqualTo("audit.admin.create");
        assertThat(event.at("/data/type_uid").asInt()).isEqualTo(300101);
        JsonNode entry = admin.auditLog(realm).entry(event.get("id").asText());
        assertThat(event.at("/data/unmapped/leaf_hash")).isEqualTo(entry.get("leafHash"));
        assertThat(new HashSet<>(deliveries().findValuesAsText("status"))).containsExactly("204");
    }

    @Test
    void aReceiverThatIsDownGetsEverythingInOrderOnceItIsBack() throws Exception {
        create(body());
        receiver.answer(503);
        long from = signedSize();
        createUsers(3);
        long size = signedSize();

        await("the failure is seen", () -> hook().get("failures").asInt() > 0);
        assertThat(hook().get("lastError").asText()).contains("503");
        assertThat(hook().get("behind").asLong()).isPositive();
        JsonNode status = admin.auditLog(realm).status().get("sinks");
        assertThat(status.findValuesAsText("name")).contains("hook");

        receiver.answer(204);
        await("everything is told", () -> indices().contains(size - 1));
        List<Long> told = indices();
        assertThat(told.subList(told.indexOf(from), told.size()))
                .startsWith(LongStream.range(from, size).boxed().toArray(Long[]::new));
        await(
                "it is well",
                () -> hook().get("failures").asInt() == 0
                        && hook().get("behind").asLong() == 0);
        assertThat(deliveries().findValuesAsText("status")).contains("503", "204");
    }

    @Test
    void bothSecretsSignWhileARotationOverlaps() throws Exception {
        String old = create(body());
        String fresh = http.post("/hook/secret?overlapMinutes=10", JSON.createObjectNode())
                .expect(200)
                .json()
                .get("secret")
                .asText();
        createUsers(1);
        await("a message came", () -> types().contains("audit.admin.create"));
        WebhookReceiver.Message message = last("audit.admin.create");
        new Webhook(old).verify(message.body(), message.headers());
        new Webhook(fresh).verify(message.body(), message.headers());

        http.post("/hook/secret?overlapMinutes=0", JSON.createObjectNode()).expect(200);
        createUsers(1);
        await("another came", () -> last("audit.admin.create").body().contains("user-2"));
        WebhookReceiver.Message later = last("audit.admin.create");
        assertThatThrownBy(() -> new Webhook(old).verify(later.body(), later.headers()))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(fresh).verify(later.body(), later.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void itIsToldWhatItWantsWhenItIsNotPausedAndAnewWhenAsked() {
        ObjectNode wanted = body().put("checkpoints", false).put("paused", true);
        wanted.putArray("operations").add("CREATE");
        wanted.putArray("kinds").add("admin");
        create(wanted);
        createUsers(2);
        signedSize();
        assertThat(hook().get("state").asText()).isEqualTo("PAUSED");
        assertThat(receiver.messages()).isEmpty();

        http.put("/hook", wanted.put("paused", false)).expect(200);
        await("both are told", () -> types().size() >= 2);
        assertThat(types()).containsOnly("audit.admin.create");

        int before = receiver.messages().size();
        http.post("/hook/redeliver", JSON.createObjectNode().put("from", 0)).expect(204);
        await("they are told again", () -> receiver.messages().size() >= before + 2);
        assertThat(new HashSet<>(types())).containsExactly("audit.admin.create");
    }

    @Test
    void whatIsWrongIsRefusedAndEveryChangeIsAnEntry() {
        for (String bad : List.of(
                "{}",
                "{\"url\":\"ftp://example.com\"}",
                "{\"url\":\"https://user@example.com\"}",
                "{\"url\":\"https://example.com\",\"kinds\":[\"nobody\"]}",
                "{\"url\":\"https://example.com\",\"outcome\":\"both\"}",
                "{\"url\":\"https://example.com\",\"secret\":\"whsec_mine\"}",
                "{\"url\":\"https://example.com\",\"from\":1000000}",
                "nothing")) {
            assertThat(http.send("PUT", "/bad", bad.getBytes(StandardCharsets.UTF_8))
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
        http.get("/bad").expect(404);
        http.post("/bad/secret", JSON.createObjectNode()).expect(404);
        create(body());
        assertThat(http.put("/hook", body()).expect(200).json().has("secret")).isFalse();
        http.put("/hook", body().put("outcome", "failure")).expect(200);
        http.delete("/hook").expect(204);

        admin.auditLog(realm).awaitSealed();
        List<JsonNode> told = admin.auditLog(realm).entries("operation=SINK");
        assertThat(told).as("made, changed, removed; not what stayed as it was").hasSize(3);
        JsonNode made = admin.auditLog(realm).entry(told.get(2).get("id").asText());
        assertThat(made.at("/slots/change/value/after/url").asText()).isEqualTo(receiver.url());
        assertThat(made.toString()).doesNotContain("whsec_");
    }

    @Test
    void whoMayReadTheLogMayNotSendItElsewhere() {
        admin.createServiceAccount(realm, "auditor", "auditor-secret", List.of("view-events"));
        Http auditor = new Http(SharedServer.H2.server().baseUrl())
                .below("/admin/realms/" + realm + "/audit-log/sinks")
                .bearer(admin.serviceAccountToken(realm, "auditor", "auditor-secret"));

        auditor.get("").expect(403);
        auditor.put("/hook", body()).expect(403);
    }

    private ObjectNode body() {
        return JSON.createObjectNode().put("url", receiver.url());
    }

    private String create(ObjectNode wanted) {
        return http.put("/hook", wanted).expect(201).json().get("secret").asText();
    }

    private void createUsers(int count) {
        for (int i = 0; i < count; i++) {
            admin.realm(realm)
                    .post("/users", JSON.createObjectNode().put("username", "user-" + ++users))
                    .expect(201);
        }
    }

    private long signedSize() {
        return admin.auditLog(realm).awaitSealed().get("signedSize").asLong();
    }

    private JsonNode hook() {
        return http.get("/hook").expect(200).json();
    }

    private JsonNode deliveries() {
        return http.get("/hook/deliveries").expect(200).json();
    }

    private List<JsonNode> events() {
        return receiver.messages().stream().map(message -> read(message.body())).toList();
    }

    private List<String> types() {
        return events().stream().map(event -> event.get("type").asText()).toList();
    }

    private WebhookReceiver.Message last(String type) {
        return receiver.messages().stream()
                .filter(message -> read(message.body()).get("type").asText().equals(type))
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    /** Of the entries, each once, in the order in which they came first. */
    private List<Long> indices() {
        Set<Long> indices = new LinkedHashSet<>();
        events().stream()
                .filter(event -> !event.get("type").asText().equals("audit.checkpoint"))
                .forEach(event -> indices.add(event.get("sequence").asLong()));
        return List.copyOf(indices);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }

    private static void await(String what, Callable<Boolean> is) {
        Await.until(what, LIMIT, is);
    }
}
