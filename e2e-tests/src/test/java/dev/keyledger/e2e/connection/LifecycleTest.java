package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.e2e.coverage.SmtpSink;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of a user in the course of time: the mail that invites him, and the deletion that comes later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleTest {
    private static final SharedServer SHARED = SharedServer.POSTGRES;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String INVITATIONS = "kind=scim&resourceType=SCIM_INVITATION&connection=";

    private Connections connections = new Connections(SHARED, "");

    @BeforeAll
    void makeARealm() {
        connections = Connections.ofFreshRealm(SHARED, "lifecycle");
    }

    private Http connect(String name, String policy) {
        connections.put(name, "{'policy':" + policy + "}");
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    private static String create(Http scim, String name) {
        return scim.post("/Users", user(name)).expect(201).json().get("id").asText();
    }

    @Test
    void whoIsDeletedIsSwitchedOffAndGoneSomeDaysLaterUnlessHeReturns() {
        Http scim = connect("late", "{'deletion':'delayed','deleteAfterDays':2}");
        Http admin = connections.admin().realm(connections.realm());
        String leaves = create(scim, "leaves");
        String returns = create(scim, "returns");
        String rests = create(scim, "rests");
        for (String id : new String[] {leaves, returns, rests}) {
            scim.delete("/Users/" + id).expect(204);
            scim.get("/Users/" + id).expect(404);
            assertThat(admin.get("/users/" + id).json().get("enabled").asBoolean())
                    .isFalse();
        }
        assertThat(create(scim, "returns")).isEqualTo(returns);

        SHARED.execute(
                "update SCIM_PROVISIONED set DELETED_TIME = DELETED_TIME - 172800001 where DELETED_TIME is not null"
                        + " and RESOURCE_ID in ('" + leaves + "', '" + returns + "')");
        Instant limit = Instant.now().plus(SOON);
        while (admin.get("/users/" + leaves).status() != 404 && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
        }
        admin.get("/users/" + leaves).expect(404);
        admin.get("/users/" + rests).expect(200);
        assertThat(admin.get("/users/" + returns).json().get("enabled").asBoolean())
                .isTrue();

        connections.log().awaitSealed();
        assertThat(connections.log().entries("kind=scim&operation=DELETE&connection=late").stream()
                        .filter(entry -> entry.at("/target/id").asText().equals(leaves)))
                .as("the deletion by the client, and that of the days after")
                .hasSize(2);
        assertThat(create(scim, "leaves")).as("the name is free again").isNotEqualTo(leaves);
    }

    @Test
    void aDelayNeedsAClientToActAsAndADelayedDeletion() {
        connections
                .api()
                .put("/default", json("{'policy':{'deletion':'delayed'}}"))
                .expect(400);
        connections
                .api()
                .put("/never", json("{'policy':{'deletion':'disable','deleteAfterDays':3}}"))
                .expect(400);
        assertThat(connections
                        .put("soon", "{'policy':{'deletion':'delayed'}}")
                        .at("/policy/deleteAfterDays")
                        .asInt())
                .isEqualTo(30);
    }

    @Test
    void aNewUserIsInvitedByAMail() {
        try (SmtpSink mails = new SmtpSink()) {
            useMailServer(mails.port());
            Http scim = connect("inviting", "{'requiredActions':['UPDATE_PASSWORD'],'invite':true}");
            String id = create(scim, "invited");

            String mail = mails.newest(1);
            assertThat(mail).contains("invited@example.com", "/login-actions/action-token?key=");
            assertThat(mails.count()).isEqualTo(1);
            JsonNode entry = connections.log().awaitEntry(INVITATIONS + "inviting");
            assertThat(entry.get("outcome").asText()).isEqualTo("success");
            assertThat(entry.at("/slots/target/value/id").asText()).isEqualTo(id);
        }
    }

    @Test
    void aMailThatFailsLosesNoUserAndIsInTheLog() {
        useMailServer(1);
        Http scim = connect("mailless", "{'requiredActions':['UPDATE_PASSWORD'],'invite':true}");
        String id = create(scim, "uninvited");

        assertThat(scim.get("/Users/" + id).expect(200).json().get("userName").asText())
                .isEqualTo("uninvited");
        JsonNode entry = connections.log().awaitEntry(INVITATIONS + "mailless");
        assertThat(entry.get("outcome").asText()).isEqualTo("failure");
        assertThat(entry.at("/slots/change/value/error").asText()).contains("could not be sent");
    }

    private void useMailServer(int port) {
        connections
                .admin()
                .realm(connections.realm())
                .put(
                        "",
                        json("{'smtpServer':{'host':'localhost','port':'" + port + "','from':'keycloak@example.com'}}"))
                .expect(204);
    }
}
