package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections as their administrators see them: made, changed, exported and removed by the API, and nobody's beyond his rights. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        connections = Connections.ofFreshRealm(shared, "connection");
    }

    @Test
    void aRealmHasTheBuiltInConnectionAndServesItsClients() {
        JsonNode builtIn = connections.api().get("/default").expect(200).json();
        assertThat(builtIn.get("name").asText()).isEqualTo("default");
        assertThat(builtIn.has("client")).isFalse();
        assertThat(builtIn.at("/policy/visibility").asText()).isEqualTo("all");

        connections.admin().createServiceAccount(connections.realm(), "plain", "plain-secret", List.of("manage-users"));
        JsonNode created = connections
                .asClient("plain")
                .post("/Users", user("by-plain"))
                .expect(201)
                .json();
        assertThat(actorOfCreation(created.get("id").asText())).isEqualTo("plain");
    }

    @Test
    void aPutMakesTheConnectionAndTheClientItActsAs() {
        Http.Reply made = connections.api().put("/okta", json("{'kind':'okta','displayName':'Okta'}"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("client").asText()).isEqualTo("scim-okta");
        assertThat(made.json().at("/policy/passwords").asText()).isEqualTo("ignore");
        assertThat(connections.api().get("/okta").expect(200).json()).isEqualTo(made.json());
        assertThat(names(connections.api().get("").expect(200).json())).contains("default", "okta");

        JsonNode created = connections
                .asClient("scim-okta")
                .post("/Users", user("by-okta"))
                .expect(201)
                .json();
        assertThat(actorOfCreation(created.get("id").asText())).isEqualTo("okta");
    }

    @Test
    void everyChangeIsInTheLogAndTheSamePutOnceMoreIsNone() {
        connections.put("told", "{'displayName':'One'}");
        connections.put("told", "{'displayName':'Two'}");
        connections.put("told", "{'displayName':'Two'}");
        connections.api().delete("/told").expect(204);

        List<String> told = connections.entries("SCIM_CONNECTION").stream()
                .filter(entry -> entry.toString().contains("connections/told"))
                .map(entry -> entry.get("operation").asText())
                .toList();
        assertThat(told).containsExactly("DELETE", "UPDATE", "CREATE");
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        connections.put("strict", "{}");
        assertError(connections.api().put("/strict", json("{'pawsed':true}")), 400, "pawsed");
        assertError(connections.api().put("/Not_A_Name", json("{}")), 400, "name is");
        assertError(connections.api().put("/strict", json("{'name':'loose'}")), 400, "in the path");
        assertError(connections.api().put("/second", json("{'client':'scim-strict'}")), 409, "one connection");
        assertError(connections.api().put("/public", json("{'client':'admin-cli'}")), 400, "confidential");
        assertError(connections.api().get("/nowhere"), 404, "no connection");
        assertError(connections.api().delete("/nowhere"), 404, "no connection");
        assertThat(connections
                        .api()
                        .get("/strict")
                        .expect(200)
                        .json()
                        .get("paused")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aPausedConnectionIsToldToComeAgainAndOthersAreServed() {
        connections.put("paused", "{}");
        connections.put("running", "{}");
        Http paused = connections.asClient("scim-paused");
        paused.get("/Users").expect(200);

        connections.put("paused", "{'paused':true}");
        Http.Reply refused = paused.get("/Users").expect(503);
        assertThat(refused.header("Retry-After")).hasValue("300");
        assertThat(refused.json().get("detail").asText()).contains("paused");
        connections.asClient("scim-running").get("/Users").expect(200);

        connections.put("paused", "{'paused':false}");
        paused.get("/Users").expect(200);
    }

    @Test
    void anAccessTokenWithoutTheWantedScopeIsNone() {
        connections.put("scoped", "{'tokenScope':'scim'}");
        connections.asClient("scim-scoped").get("/Users").expect(401);

        connections.giveScimScope("scim-scoped", "default");
        connections.asClient("scim-scoped").get("/Users").expect(200);
    }

    @Test
    void anAdministratorWithLesserRightsThanAConnectionMakesNone() {
        for (List<String> roles : List.of(
                List.of("manage-realm", "manage-clients"),
                List.of("manage-users", "manage-clients"),
                List.of("manage-realm", "manage-users"))) {
            Http lesser = connections.asAdministrator("lesser-" + String.join("-", roles), roles);
            assertError(lesser.put("/keyledger/connections/by-lesser", json("{}")), 403, "manage-");
        }
        assertError(connections.api().get("/by-lesser"), 404, "no connection");

        Http enough = connections.asAdministrator("enough", List.of("manage-realm", "manage-users", "manage-clients"));
        enough.put("/keyledger/connections/by-enough", json("{}")).expect(201);
        connections
                .admin()
                .createServiceAccount(connections.realm(), "mighty", "mighty-secret", List.of("realm-admin"));
        assertError(
                enough.put("/keyledger/connections/by-mighty", json("{'client':'mighty'}")), 403, "you may not give");
        assertError(connections.api().get("/by-mighty"), 404, "no connection");
    }

    @Test
    void aConnectionThatIsRemovedTakesItsClientAlong() {
        connections.put("gone", "{}");
        Http client = connections.asClient("scim-gone");
        client.get("/Users").expect(200);
        connections.api().delete("/gone").expect(204);
        client.get("/Users").expect(401);
        assertThat(connections
                        .admin()
                        .realm(connections.realm())
                        .get("/clients?clientId=scim-gone")
                        .json())
                .isEmpty();
    }

    @Test
    void anExportedRealmBringsItsConnectionsAlong() {
        connections.put("travels", "{'kind':'entra','displayName':'Travels','paused':true}");
        ObjectNode exported = (ObjectNode) connections
                .admin()
                .realm(connections.realm())
                .post("/partial-export?exportClients=true&exportGroupsAndRoles=true", json("{}"))
                .expect(200)
                .json();

        String copy = connections.realm() + "-copy";
        exported.findParents("id").forEach(each -> ((ObjectNode) each).remove("id"));
        exported.findParents("containerId").forEach(each -> ((ObjectNode) each).remove("containerId"));
        exported.put("realm", copy);
        connections.admin().createRealm(exported);
        Connections copied = new Connections(shared, copy);

        assertThat(copied.api().get("/travels").expect(200).json())
                .isEqualTo(connections.api().get("/travels").expect(200).json());
    }

    private String actorOfCreation(String userId) {
        connections.log().awaitSealed();
        JsonNode entry = connections.log().entries("kind=scim").stream()
                .filter(each -> each.toString().contains(userId))
                .findFirst()
                .orElseThrow();
        return connections
                .log()
                .entry(entry.get("id").asText())
                .at("/slots/actor/value/client")
                .asText();
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(each -> names.add(each.get("name").asText()));
        return names;
    }

    private static void assertError(Http.Reply reply, int status, String why) {
        assertThat(reply.status()).as("status of %s", reply.text()).isEqualTo(status);
        assertThat(reply.json().get("error").asText()).isNotBlank();
        assertThat(reply.json().get("error_description").asText()).contains(why);
    }
}
