package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator is shown of a connection while it runs: its requests, and how it shows a user. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        connections = Connections.ofFreshRealm(shared, "activity");
    }

    private Http connect(String name, String settings) {
        connections.put(name, settings);
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    @Test
    void theFirstRequestIsSeenSoonAndSoIsTheFirstError() {
        Http scim = connect("seen", "{}");
        JsonNode before = connections.api().get("/seen/activity").expect(200).json();
        assertThat(before.get("lastRequest").isNull()).isTrue();
        assertThat(before.get("requests").asInt()).isZero();

        Instant sent = Instant.now();
        scim.get("/Users?count=0").expect(200);
        JsonNode first = await("seen", activity -> activity.get("requests").asInt() == 1);
        assertThat(Instant.parse(first.get("lastRequest").asText())).isBetween(sent, Instant.now());
        assertThat(first.get("lastStatus").asInt()).isEqualTo(200);
        assertThat(first.get("lastError").isNull()).isTrue();

        scim.get("/Users/nobody").expect(404);
        JsonNode second = await("seen", activity -> activity.get("errors").asInt() == 1);
        assertThat(second.get("lastStatus").asInt()).isEqualTo(404);
        assertThat(second.get("requests").asInt()).isEqualTo(2);
        assertThat(second.get("lastError").asText())
                .isEqualTo(second.get("lastRequest").asText());
    }

    @Test
    void aRevokedTokenIsTheConnectionsStill() {
        connections.put("revoked", "{}");
        JsonNode token = connections.issue("revoked", "{'name':'t'}");
        connections.api().delete("/revoked/tokens/" + token.get("id").asText()).expect(204);
        assertThat(connections.api().get("/revoked/tokens").json()).isEmpty();

        Http.Reply refused = connections
                .anonymous()
                .bearer(token.get("token").asText())
                .get("/Users")
                .expect(401);
        assertThat(refused.json().get("detail").asText()).contains("revoked");
        JsonNode seen = await("revoked", activity -> activity.get("errors").asInt() == 1);
        assertThat(seen.get("lastStatus").asInt()).isEqualTo(401);
    }

    @Test
    void allConnectionsAreToldAtOnceAndOneThatIsRemovedIsForgotten() {
        connect("rests", "{}");
        connect("goes", "{}").get("/Users?count=0").expect(200);
        await("goes", activity -> activity.get("requests").asInt() == 1);
        Http api = connections.admin().realm(connections.realm()).below("/keyledger");
        List<String> names = api.get("/activity").expect(200).json().findValuesAsText("connection");
        assertThat(names).contains("default", "goes", "rests");

        connections.api().delete("/goes").expect(204);
        connections.api().get("/goes/activity").expect(404);
        connections.put("goes", "{}");
        assertThat(connections
                        .api()
                        .get("/goes/activity")
                        .json()
                        .get("lastRequest")
                        .isNull())
                .isTrue();
    }

    @Test
    void aUserIsShownAsTheConnectionShowsHim() {
        Http sees = connect("sees", "{}");
        connect("blind", "{'policy':{'visibility':'provisioned'}}");
        String id = sees.post("/Users", user("shown").put("externalId", "ext-1"))
                .expect(201)
                .json()
                .get("id")
                .asText();

        JsonNode shown = connections.api().get("/sees/users/" + id).expect(200).json();
        assertThat(shown).isEqualTo(sees.get("/Users/" + id).expect(200).json());
        assertThat(connections
                        .api()
                        .get("/default/users/" + id)
                        .expect(200)
                        .json()
                        .has("externalId"))
                .isFalse();
        connections.api().get("/blind/users/" + id).expect(404);
        connections.api().get("/sees/users/nobody").expect(404);

        Http mayNot =
                connections.asAdministrator("no-users", List.of("view-realm")).below("/keyledger/connections");
        mayNot.get("/sees/users/" + id).expect(403);
        mayNot.get("/sees/activity").expect(200);
    }

    @Test
    void anAttributeIsKeptWhereTheConnectionSays() {
        Http mapped = connect("mapped", "{'attributes':{'title':'rank'}}");
        Http usual = connect("usual", "{}");
        String id = mapped.post("/Users", user("mapped").put("title", "Captain"))
                .expect(201)
                .json()
                .get("id")
                .asText();
        usual.patch("/Users/" + id, patch("{'op':'add','path':'title','value':'Head of Sales'}"))
                .expect(200);

        assertThat(connections
                        .api()
                        .get("/mapped/users/" + id)
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("Captain");
        assertThat(connections
                        .api()
                        .get("/usual/users/" + id)
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("Head of Sales");
        assertThat(mapped.get("/Users?filter=" + Http.encode("title eq \"captain\""))
                        .json()
                        .get("totalResults")
                        .asInt())
                .isEqualTo(1);
        JsonNode schema = mapped.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                .expect(200)
                .json();
        assertThat(schema.toString()).contains("Kept as the user attribute rank.");
        for (String taken : List.of("email", "department", "LDAP_ID", "username")) {
            connections
                    .api()
                    .put("/mapped", json("{'attributes':{'title':'" + taken + "'}}"))
                    .expect(400);
        }
    }

    @Test
    void allValuesOfAnAttributeAreKeptWhereOthersWriteAndReadThem() {
        Http admin = connections.admin().realm(connections.realm());
        ObjectNode profile =
                (ObjectNode) admin.get("/users/profile").expect(200).json();
        profile.withArray("attributes")
                .add(json("{'name':'phones','multivalued':true,'permissions':{'view':['admin'],'edit':['admin']}}"));
        admin.put("/users/profile", profile).expect(200);
        Http mapped = connect("phones", "{'attributes':{'phoneNumbers':'phones'}}");
        ObjectNode caller = user("caller");
        caller.withArray("phoneNumbers")
                .add(json("{'value':'22'}"))
                .add(json("{'value':'11'}"))
                .add(json("{'value':'33','type':'work'}"));
        String id = mapped.post("/Users", caller).expect(201).json().get("id").asText();
        String path = "/users/" + id;

        ObjectNode known = (ObjectNode) admin.get(path).expect(200).json();
        assertThat(known.at("/attributes/phones"))
                .extracting(JsonNode::asText)
                .contains("11", "22")
                .hasSize(3);
        known.withObject("/attributes").withArray("phones").add("44");
        admin.put(path, known).expect(204);
        assertThat(numbers(mapped, id)).containsExactlyInAnyOrder("11", "22", "33", "44");
        for (String filter : List.of(
                "phoneNumbers.value eq \"44\"",
                "phoneNumbers[type eq \"work\" and value eq \"33\"]",
                "phoneNumbers.value sw \"2\"")) {
            assertThat(mapped.get("/Users?filter=" + Http.encode(filter)).json().findValuesAsText("userName"))
                    .as(filter)
                    .containsExactly("caller");
        }
        mapped.patch(
                        "/Users/" + id,
                        patch(
                                "{'op':'remove','path':'phoneNumbers[value eq \"11\"]'}",
                                "{'op':'add','path':'phoneNumbers','value':[{'value':'55'}]}"))
                .expect(200);
        assertThat(numbers(mapped, id)).containsExactlyInAnyOrder("22", "33", "44", "55");
        assertThat(connections.api().get("/default/users/" + id).json().has("phoneNumbers"))
                .isFalse();
    }

    private static List<String> numbers(Http scim, String id) {
        return scim.get("/Users/" + id).expect(200).json().get("phoneNumbers").findValuesAsText("value");
    }

    private JsonNode await(String name, Predicate<JsonNode> wanted) {
        Instant limit = Instant.now().plus(SOON);
        JsonNode activity;
        do {
            activity =
                    connections.api().get("/" + name + "/activity").expect(200).json();
        } while (!wanted.test(activity) && Instant.now().isBefore(limit));
        assertThat(wanted.test(activity))
                .as("activity of %s: %s", name, activity)
                .isTrue();
        return activity;
    }
}
