package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Provisioning tokens: shown once, rotated without a failed request, and no good a moment after they are revoked. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        connections = Connections.ofFreshRealm(shared, "token");
    }

    @Test
    void aTokenIsShownOnceAndServesItsConnection() {
        connections.put("shown", "{}");
        JsonNode issued = connections.issue("shown", "{'name':'first','expiresInDays':30}");
        String token = issued.get("token").asText();
        assertThat(token).matches("keyledger_[0-9a-f]{32}_[A-Za-z0-9_-]{43}");

        Http scim = connections.anonymous().bearer(token);
        String id = scim.post("/Users", user("by-token"))
                .expect(201)
                .json()
                .get("id")
                .asText();
        scim.get("/Users/" + id).expect(200);
        scim.get("/Groups").expect(200);
        assertThat(scim.get("/Me").expect(200).json().get("userName").asText()).isEqualTo("service-account-scim-shown");

        JsonNode listed = connections.api().get("/shown/tokens").expect(200).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("name").asText()).isEqualTo("first");
        assertThat(listed.get(0).get("lastUsed").isNull()).isFalse();
        assertThat(listed.get(0).has("token")).isFalse();
        String secret = token.substring(43);
        assertThat(listed.toString()).doesNotContain(secret);
        assertNowhere(secret);
    }

    /** Neither the log of the server nor the audit log has seen it. */
    private void assertNowhere(String secret) {
        assertThat(shared.server().logs()).doesNotContain(secret);
        List<JsonNode> entries = connections.entries("SCIM_TOKEN");
        assertThat(entries).isNotEmpty();
        for (JsonNode entry : entries) {
            assertThat(connections.log().entry(entry.get("id").asText()).toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndTheOtherGoesOn() {
        connections.put("revoked", "{}");
        JsonNode one = connections.issue("revoked", "{'name':'one'}");
        Http first = connections.anonymous().bearer(one.get("token").asText());
        Http second = connections
                .anonymous()
                .bearer(connections
                        .issue("revoked", "{'name':'two'}")
                        .get("token")
                        .asText());
        first.get("/Users").expect(200);

        connections.api().delete("/revoked/tokens/" + one.get("id").asText()).expect(204);
        Http.Reply refused = first.get("/Users").expect(401);
        assertThat(refused.header("WWW-Authenticate")).isPresent();
        second.get("/Users").expect(200);
        connections.api().delete("/revoked/tokens/" + one.get("id").asText()).expect(404);
    }

    @Test
    void aRotationOverlapsAndThenTheOldTokenIsGone() {
        connections.put("rotated", "{}");
        JsonNode old = connections.issue("rotated", "{'name':'yearly'}");
        String path = "/rotated/tokens/" + old.get("id").asText() + "/rotate";
        JsonNode next = connections
                .api()
                .post(path, json("{'overlapHours':1}"))
                .expect(201)
                .json();
        Http before = connections.anonymous().bearer(old.get("token").asText());
        Http after = connections.anonymous().bearer(next.get("token").asText());
        before.get("/Users").expect(200);
        after.get("/Users").expect(200);
        assertThat(next.get("name").asText()).isEqualTo("yearly");

        connections.api().post(path, json("{'overlapHours':0}")).expect(201);
        before.get("/Users").expect(401);
        after.get("/Users").expect(200);
    }

    @Test
    void whatIsNoTokenOfThisConnectionIsRefused() {
        connections.put("guarded", "{}");
        JsonNode issued = connections.issue("guarded", "{'name':'mine'}");
        String token = issued.get("token").asText();
        String forged = token.substring(0, token.length() - 1) + (token.endsWith("A") ? 'B' : 'A');
        connections.anonymous().bearer(forged).get("/Users").expect(401);

        Connections foreign = Connections.ofFreshRealm(shared, "foreign");
        foreign.put("guarded", "{}");
        foreign.anonymous().bearer(token).get("/Users").expect(401);
        foreign.api().delete("/guarded/tokens/" + issued.get("id").asText()).expect(404);
        connections.put("other", "{}");
        connections.api().delete("/other/tokens/" + issued.get("id").asText()).expect(404);
        connections.anonymous().bearer(token).get("/Users").expect(200);
    }

    @Test
    void aTokenEndsWithItsConnectionItsClientAndItsPause() {
        connections.put("ends", "{}");
        Http scim = connections
                .anonymous()
                .bearer(connections.issue("ends", "{'name':'t'}").get("token").asText());
        Http admin = connections.admin().realm(connections.realm());
        JsonNode client = connections.client("scim-ends");
        String path = "/clients/" + client.get("id").asText();

        admin.put(path, json("{'clientId':'scim-ends','enabled':false}")).expect(204);
        scim.get("/Users").expect(401);
        admin.put(path, json("{'clientId':'scim-renamed','enabled':true}")).expect(204);
        scim.get("/Users").expect(200);
        connections.api().delete("/ends").expect(204);
        scim.get("/Users").expect(401);
    }

    @Test
    void onlyWhoMayMakeAConnectionMakesATokenOfIt() {
        connections.put("owned", "{}");
        Http lesser = connections.asAdministrator("token-lesser", List.of("manage-realm", "manage-users"));
        lesser.get("/keyledger/connections/owned/tokens").expect(200);
        lesser.post("/keyledger/connections/owned/tokens", json("{'name':'mine'}"))
                .expect(403);
        connections.api().post("/owned/tokens", json("{'name':''}")).expect(400);
        connections
                .api()
                .post("/owned/tokens", json("{'name':'x','expiresInDays':0}"))
                .expect(400);
        connections
                .api()
                .post("/owned/tokens", json("{'name':'x','forever':true}"))
                .expect(400);
        connections.api().post("/default/tokens", json("{'name':'x'}")).expect(400);
        connections.api().post("/nowhere/tokens", json("{'name':'x'}")).expect(404);
        assertThat(connections.api().get("/owned/tokens").expect(200).json()).isEmpty();
    }

    @Test
    void aTokenHasTheRightsOfItsClientAndNoMore() {
        connections.admin().createServiceAccount(connections.realm(), "reader", "reader-secret", List.of("view-users"));
        connections.put("reads", "{'client':'reader'}");
        Http reader = connections
                .anonymous()
                .bearer(connections.issue("reads", "{'name':'t'}").get("token").asText());
        reader.get("/Users").expect(200);
        reader.post("/Users", user("by-reader")).expect(403);

        String boss = connections.admin().createUser(connections.realm(), "token-boss", "boss-password");
        connections.admin().grant(connections.realm(), boss, List.of("realm-admin"));
        connections.put("writes", "{}");
        Http writer = connections
                .anonymous()
                .bearer(connections.issue("writes", "{'name':'t'}").get("token").asText());
        writer.patch("/Users/" + boss, Connections.patch("{'op':'replace','path':'active','value':false}"))
                .expect(403);
        writer.delete("/Users/" + boss).expect(403);
    }
}
