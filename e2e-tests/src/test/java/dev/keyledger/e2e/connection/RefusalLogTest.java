package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the log says of requests that a client can have refused as often as it likes: two entries, and how many there were. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String REFUSED_READS = "kind=scim&resourceType=SCIM_REQUEST&connection=";

    private Connections connections = new Connections(SharedServer.H2, "");

    @BeforeAll
    void makeARealm() {
        connections = Connections.ofFreshRealm(SharedServer.H2, "refusals");
    }

    private Http connect(String name, String policy) {
        connections.put(name, "{'policy':" + policy + "}");
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    @Test
    void strangersAreToldOnceAndCounted() {
        JsonNode token = connections.issue(named("stolen"), "{'name':'t'}");
        connections.api().delete("/stolen/tokens/" + token.get("id").asText()).expect(204);
        for (int i = 0; i < 3; i++) {
            connections.anonymous().bearer("nobodys").get("/Users").expect(401);
            connections
                    .anonymous()
                    .bearer(token.get("token").asText())
                    .delete("/Users/1")
                    .expect(401);
        }

        List<JsonNode> entries = await("kind=user&operation=CLIENT_LOGIN", 4);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.get("outcome").asText()).isEqualTo("failure");
            assertThat(entry.at("/slots/actor/value/type").asText()).isEqualTo("client");
            assertThat(entry.at("/slots/net/value/ip").asText()).isNotEmpty();
        });
        assertThat(entries.stream()
                        .filter(entry ->
                                entry.at("/slots/actor/value/client").asText().equals("scim-stolen"))
                        .map(entry -> entry.at("/slots/change/value/details/scim.count")
                                        .asText()
                                + " "
                                + entry.at("/slots/change/value/details/reason").asText()))
                .containsExactlyInAnyOrder(
                        " the provisioning token was revoked", "3 the provisioning token was revoked");
    }

    private String named(String name) {
        connections.put(name, "{}");
        return name;
    }

    @Test
    void aPausedConnectionsRequestsAreToldOnceAndCountedWhenItIsServedAgain() {
        Http scim = connect("paused", "{}");
        connections.put("paused", "{'paused':true}");
        scim.get("/Users").expect(503);
        scim.post("/Users", user("waits")).expect(503);
        scim.get("/Users").expect(503);
        connections.put("paused", "{}");
        scim.get("/Users?count=0").expect(200);
        scim.post("/Users", user("waits")).expect(201);

        assertThat(counts(await(REFUSED_READS + "paused", 2))).containsExactlyInAnyOrder("", "3");
    }

    @Test
    void tooManyRequestsAreToldOnceAndCounted() {
        Http scim = connect("many", "{'requestsPerMinute':1}");
        scim.get("/Users?count=0").expect(200);
        for (int i = 0; i < 4; i++) {
            scim.post("/Users", user("many")).expect(429);
        }

        List<JsonNode> entries = await(REFUSED_READS + "many", 2);
        assertThat(counts(entries)).containsExactlyInAnyOrder("", "4");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(
                                entry.at("/slots/actor/value/client").asText())
                        .isEqualTo("many"));
    }

    @Test
    void whatIsReadIsToldIfThePolicyWantsIt() {
        Http silent = connect("silent", "{}");
        Http told = connect("told", "{'logReads':true}");
        String query = "/Users?filter=" + Http.encode("userName eq \"somebody\"");
        silent.get(query).expect(200);
        told.get(query).expect(200);
        told.get("/Users/nobody").expect(404);

        List<JsonNode> entries = await("kind=scim&resourceType=SCIM_READ", 1);
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.at("/slots/actor/value/client").asText()).isEqualTo("told");
            assertThat(entry.at("/slots/change/value/details/scim.query").asText())
                    .isEqualTo("filter=userName eq \"somebody\"");
        });
    }

    @Test
    void everyRequestIsInTheMetrics() {
        Http scim = connect("measured", "{}");
        scim.get("/Users?count=0").expect(200);
        scim.get("/Users/nobody").expect(404);
        String metrics = new Http(SharedServer.H2.server().managementUrl())
                .get("/metrics")
                .text();
        assertThat(metrics.lines())
                .filteredOn(line -> line.startsWith("keyledger_scim_requests_total")
                        && line.contains("connection=\"measured\"")
                        && line.contains("realm=\"" + connections.realm() + "\""))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("method=\"GET\"", "status=\"404\"")
                        .endsWith(" 1.0"));
    }

    private static List<String> counts(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.at("/slots/change/value/details/scim.count").asText())
                .toList();
    }

    /** Waits for that many entries, and answers them with their slots. */
    private List<JsonNode> await(String query, int wanted) {
        Instant limit = Instant.now().plus(LIMIT);
        List<JsonNode> found;
        do {
            connections.log().awaitSealed();
            found = connections.log().entries(query);
        } while (found.size() < wanted && Instant.now().isBefore(limit));
        assertThat(found).as(query).hasSize(wanted);
        return found.stream()
                .map(entry -> connections.log().entry(entry.get("id").asText()))
                .toList();
    }
}
