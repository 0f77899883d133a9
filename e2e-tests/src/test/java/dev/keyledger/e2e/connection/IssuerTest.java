package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection whose access tokens another issuer signs, as Entra ID does. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuerTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private final ForeignIssuer issuer = ForeignIssuer.start();
    private Connections connections = new Connections(shared, "");

    @BeforeParameterizedClassInvocation
    void makeAConnection() {
        connections = Connections.ofFreshRealm(shared, "issuer");
        connections.put(
                "entra",
                "{'kind':'entra','issuer':{'issuer':'" + issuer.url() + "','audience':'scim-of-acme','subject':'sync',"
                        + "'jwksUrl':'" + issuer.url() + "/keys'}}");
    }

    @AfterAll
    void stop() {
        issuer.close();
    }

    private Http with(String token) {
        return connections.anonymous().bearer(token);
    }

    private ObjectNode claims() {
        return json("{'iss':'" + issuer.url() + "','aud':'scim-of-acme','sub':'sync'}")
                .put("exp", Instant.now().getEpochSecond() + 300);
    }

    @Test
    void aTokenOfTheIssuerIsTheConnections() {
        String id = with(issuer.sign(claims()))
                .post("/Users", user("by-issuer"))
                .expect(201)
                .json()
                .get("id")
                .asText();
        ObjectNode several = claims();
        several.putArray("aud").add("another").add("scim-of-acme");
        with(issuer.sign(several)).get("/Users/" + id).expect(200);
        assertThat(connections.entries("USER").toString()).contains("entra");
    }

    @Test
    void aTokenThatDiffersInAnyWayIsRefused() {
        with(issuer.sign(claims().put("iss", "https://elsewhere.example")))
                .get("/Users")
                .expect(401);
        with(issuer.sign(claims().put("aud", "another"))).get("/Users").expect(401);
        with(issuer.sign(claims().put("sub", "another"))).get("/Users").expect(401);
        with(issuer.sign(claims().put("exp", Instant.now().getEpochSecond() - 300)))
                .get("/Users")
                .expect(401);
        with(issuer.sign(claims().put("nbf", Instant.now().getEpochSecond() + 300)))
                .get("/Users")
                .expect(401);
        ObjectNode endless = claims();
        endless.remove("exp");
        with(issuer.sign(endless)).get("/Users").expect(401);
        with(issuer.unsigned(claims())).get("/Users").expect(401);
        with(issuer.signedWithThePublicKey(claims())).get("/Users").expect(401);
        String good = issuer.sign(claims());
        with(good.substring(0, good.length() - 6) + "AAAAAA").get("/Users").expect(401);
        try (ForeignIssuer impostor = ForeignIssuer.start()) {
            with(impostor.sign(claims())).get("/Users").expect(401);
        }
        with(good).get("/Users").expect(200);
    }

    @Test
    void anIssuerThatIsNotCompleteOrNotSafeIsRefused() {
        String start = "{'issuer':{'issuer':'https://i.example','audience':'a'";
        connections
                .api()
                .put("/half", json(start + ",'jwksUrl':'https://i.example/keys'}}"))
                .expect(400);
        connections
                .api()
                .put("/half", json(start + ",'subject':'s','jwksUrl':'http://i.example/keys'}}"))
                .expect(400);
        connections
                .api()
                .put("/half", json(start + ",'subject':'s','jwksUrl':'file:///etc/passwd'}}"))
                .expect(400);
        connections
                .api()
                .put("/default", json(start + ",'subject':'s','jwksUrl':'https://i.example/keys'}}"))
                .expect(400);
        connections.api().get("/half").expect(404);
    }
}
