package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.e2e.coverage.SmtpSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a user in the course of time: the mail that invites him, and the deletion that comes later. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleTest {
    private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String INVITATIONS = "kind=scim&resourceType=SCIM_INVITATION&connection=";

    @Parameter
    SharedServer shared = SharedServer.POSTGRES;

    private Connections connections = new Connections(shared, "");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        connections = Connections.ofFreshRealm(shared, "lifecycle");
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

        shared.execute(
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

    @Test
    void aMailServerThatDoesNotAnswerDelaysNoRequest() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            useMailServer(silent.getLocalPort());
            Http scim = connect("patient", "{'requiredActions':['UPDATE_PASSWORD'],'invite':true}");
            Instant before = Instant.now();
            String id = create(scim, "unheard");
            assertThat(Duration.between(before, Instant.now())).isLessThan(MAIL_TIMEOUT);
            assertThat(connections.log().entries(INVITATIONS + "patient")).isEmpty();

            JsonNode entry = connections.log().awaitEntry(INVITATIONS + "patient");
            assertThat(entry.get("outcome").asText()).isEqualTo("failure");
            assertThat(entry.at("/slots/target/value/id").asText()).isEqualTo(id);
        }
    }

    @Test
    void whoIsNotMadeIsNotInvited() {
        try (SmtpSink mails = new SmtpSink()) {
            useMailServer(mails.port());
            Http scim = connect("strict", "{'requiredActions':['UPDATE_PASSWORD'],'invite':true}");
            create(scim, "once");
            scim.post("/Users", user("once")).expect(409);
            JsonNode done = scim.post(
                            "/Bulk",
                            json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':["
                                    + "{'method':'POST','path':'/Users','bulkId':'a','data':" + user("bulked") + "},"
                                    + "{'method':'POST','path':'/Users','bulkId':'b','data':" + user("once") + "}]}"))
                    .expect(200)
                    .json();
            assertThat(done.get("Operations").findValuesAsText("status")).contains("201", "409");

            assertThat(mails.newest(2)).contains("bulked@example.com");
            assertThat(mails.count()).isEqualTo(2);
            connections.log().awaitSealed();
            assertThat(connections.log().entries(INVITATIONS + "strict")).hasSize(2);
        }
    }

    private void useMailServer(int port) {
        connections
                .admin()
                .realm(connections.realm())
                .put(
                        "",
                        json("{'smtpServer':{'host':'localhost','port':'" + port
                                + "','from':'keycloak@example.com','timeout':'" + MAIL_TIMEOUT.toMillis() + "'}}"))
                .expect(204);
    }
}
