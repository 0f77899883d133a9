package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One resource through time, one request, and how much happened when. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http api = new Http("");
    private AuditLog log = new AuditLog(api);

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("history");
        admin = shared.admin();
        api = admin.realm(realm);
        log = admin.auditLog(realm);
    }

    @Test
    void aUsersHistoryIsEveryChangeAndTheStateBetweenThem() {
        String id = admin.createUser(realm, "ada", "ada-password");
        ObjectNode user = (ObjectNode) api.get("/users/" + id).expect(200).json();
        api.put("/users/" + id, user.put("lastName", "Lovelace")).expect(204);
        api.put("/users/" + id, user.put("enabled", false)).expect(204);
        JsonNode before = state("USER", id, "");
        api.delete("/users/" + id).expect(204);
        log.awaitSealed();

        List<JsonNode> history = history("USER", id, "outcome=success");
        assertThat(operations(history)).startsWith("DELETE", "UPDATE", "UPDATE").endsWith("CREATE");
        JsonNode change = history.get(1).get("change");
        assertThat(change.get("before").get("enabled").asBoolean()).isTrue();
        assertThat(change.get("after").get("enabled").asBoolean()).isFalse();
        assertThat(before.get("complete").asBoolean()).isTrue();
        assertThat(before.get("attributes").get("enabled").asBoolean()).isFalse();
        assertThat(before.get("attributes").get("lastName").asText()).isEqualTo("Lovelace");
        assertThat(before.get("attributes").get("username").asText()).isEqualTo("ada");

        JsonNode born = state("USER", id, at(history.get(history.size() - 1)));
        assertThat(born.get("attributes").get("enabled").asBoolean()).isTrue();
        assertThat(born.get("attributes").get("lastName").asText()).isNotEqualTo("Lovelace");
        assertThat(state("USER", id, at(history.get(0))).get("exists").asBoolean())
                .isFalse();
        assertThat(state("USER", id, "at=2001-01-01").get("exists").asBoolean()).isFalse();
    }

    @Test
    void whatIsOlderThanItsFirstEntryIsKnownAsFarAsItChanged() {
        String id = api.get("/clients?clientId=account").json().get(0).get("id").asText();
        ObjectNode client = (ObjectNode) api.get("/clients/" + id).expect(200).json();
        api.put("/clients/" + id, client.put("description", "changed")).expect(204);

        JsonNode state = state("client", id, "");

        assertThat(state.get("exists").asBoolean()).isTrue();
        assertThat(state.get("attributes").get("description").asText()).isEqualTo("changed");
        assertThat(log.http().get("/resources/USER/" + id + "/state").status())
                .as("another type")
                .isEqualTo(404);
        assertThat(history("USER", id, "")).isEmpty();
        assertThat(history("CLIENT", id, "")).isNotEmpty();
    }

    @Test
    void aRequestIsEverythingThatItDid() {
        Http traced = api.with("X-Request-Id", "one-of-many");
        traced.post("/groups", JSON.createObjectNode().put("name", "first")).expect(201);
        traced.post("/groups", JSON.createObjectNode().put("name", "second")).expect(201);
        api.post("/groups", JSON.createObjectNode().put("name", "third")).expect(201);

        assertThat(names(log.http().get("/requests/one-of-many").expect(200).json()))
                .containsExactlyInAnyOrder("first", "second");
        log.awaitSealed();
        assertThat(names(log.http().get("/requests/one-of-many").expect(200).json()))
                .containsExactly("second", "first");
        assertThat(names(log.http().get("/requests/none").expect(200).json())).isEmpty();
    }

    @Test
    void statisticsCountWhatASearchFinds() {
        for (int i = 0; i < 3; i++) {
            api.post("/groups", JSON.createObjectNode().put("name", "counted-" + i))
                    .expect(201);
        }
        log.awaitSealed();
        int groups = log.entries("operation=CREATE&resourceType=GROUP").size();
        assertThat(groups).isGreaterThanOrEqualTo(3);

        JsonNode statistics = statistics("operation=CREATE&resourceType=GROUP&by=kind&by=operation");
        assertThat(statistics.get("total").asInt()).isEqualTo(groups);
        assertThat(statistics.get("series")).hasSize(1);
        JsonNode series = statistics.get("series").get(0);
        assertThat(series.get("kind").asText()).isEqualTo("admin");
        assertThat(series.get("operation").asText()).isEqualTo("CREATE");
        int counted = 0;
        for (JsonNode point : series.get("points")) {
            assertThat(point.get(0).asLong() % 3_600_000).isZero();
            counted += point.get(1).asInt();
        }
        assertThat(counted).isEqualTo(groups);
        JsonNode days = statistics("interval=day&zone=Asia/Kolkata&by=outcome");
        assertThat(days.get("total").asInt()).isEqualTo(log.entries("").size());
        assertThat(log.http().get("/statistics?interval=minute").status()).isEqualTo(400);
        assertThat(log.http().get("/statistics?zone=Mars").status()).isEqualTo(400);
        assertThat(log.http().get("/statistics?from=2001-01-01").status()).isEqualTo(400);
        assertThat(log.http().get("/statistics?actor=admin").status()).isEqualTo(400);
        assertThat(log.http().get("/statistics?by=weather").status()).isEqualTo(400);
    }

    private JsonNode statistics(String query) {
        return log.http().get("/statistics?" + query).expect(200).json();
    }

    private JsonNode state(String type, String id, String query) {
        return log.http()
                .get("/resources/" + type + "/" + id + "/state?" + query)
                .expect(200)
                .json();
    }

    /** Page by page. */
    private List<JsonNode> history(String type, String id, String query) {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = log.http()
                    .get("/resources/" + type + "/" + id + "/history?max=2&" + query + cursor)
                    .expect(200)
                    .json();
            page.get("entries").forEach(found::add);
            if (page.get("next").isNull()) {
                return found;
            }
            cursor = "&before=" + Http.encode(page.get("next").asText());
        }
    }

    private static String at(JsonNode entry) {
        return "at=" + entry.get("time").asLong();
    }

    private static List<String> operations(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.get("operation").asText()).toList();
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("entries")
                .forEach(entry -> names.add(entry.get("target").get("name").asText()));
        return names;
    }
}
