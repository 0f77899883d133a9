package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is switched off or deleted is out: sessions, tokens, and the applications hear of it. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private final List<String> logouts = new CopyOnWriteArrayList<>();
    private Connections connections = new Connections(shared, "");
    private HttpServer application;

    SessionsTest() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/logout", exchange -> {
            logouts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        application.start();
    }

    @AfterAll
    void stop() {
        application.stop(0);
    }

    @BeforeParameterizedClassInvocation
    void makeAnApplication() {
        connections = Connections.ofFreshRealm(shared, "sessions");
        String logout = "http://localhost:" + application.getAddress().getPort() + "/logout";
        connections
                .admin()
                .realm(connections.realm())
                .post(
                        "/clients",
                        json("{'clientId':'application','publicClient':true,'directAccessGrantsEnabled':true,"
                                + "'attributes':{'backchannel.logout.url':'" + logout
                                + "','backchannel.logout.session.required':'true'}}"))
                .expect(201);
    }

    private Http connect(String name, String policy) {
        connections.put(name, "{'policy':" + policy + "}");
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    private Http.Reply token(Map<String, String> grant) {
        return new Http(shared.server().baseUrl())
                .form("/realms/" + connections.realm() + "/protocol/openid-connect/token", grant);
    }

    private JsonNode login(String name) {
        return token(Map.of(
                        "grant_type", "password",
                        "client_id", "application",
                        "scope", "openid",
                        "username", name,
                        "password", "a-good-password"))
                .expect(200)
                .json();
    }

    private Http.Reply refresh(JsonNode tokens) {
        return token(Map.of(
                "grant_type", "refresh_token",
                "client_id", "application",
                "refresh_token", tokens.get("refresh_token").asText()));
    }

    private Http.Reply userinfo(JsonNode tokens) {
        return new Http(shared.server().baseUrl())
                .bearer(tokens.get("access_token").asText())
                .get("/realms/" + connections.realm() + "/protocol/openid-connect/userinfo");
    }

    private int sessions(String userId) {
        return connections
                .admin()
                .realm(connections.realm())
                .get("/users/" + userId + "/sessions")
                .expect(200)
                .json()
                .size();
    }

    private static String create(Http scim, String name) {
        return scim.post("/Users", user(name).put("password", "a-good-password"))
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void whoIsSwitchedOffIsOutAndReturnsByANewLogin() {
        Http scim = connect("switches", "{}");
        String id = create(scim, "switched");
        JsonNode tokens = login("switched");
        refresh(tokens).expect(200);
        userinfo(tokens).expect(200);
        int heard = logouts.size();

        scim.patch("/Users/" + id, patch("{'op':'replace','path':'active','value':false}"))
                .expect(200);
        assertThat(sessions(id)).isZero();
        refresh(tokens).expect(400);
        assertThat(userinfo(tokens).status()).isNotEqualTo(200);
        assertThat(logouts).hasSizeGreaterThan(heard);
        assertThat(logouts.get(logouts.size() - 1)).startsWith("logout_token=");

        scim.patch("/Users/" + id, patch("{'op':'replace','path':'active','value':true}"))
                .expect(200);
        refresh(tokens).expect(400);
        login("switched");
    }

    @Test
    void whoIsDeletedIsOut() {
        for (String policy : List.of("{}", "{'deletion':'disable'}")) {
            String name = policy.equals("{}") ? "deleted" : "disabled";
            Http scim = connect("for-" + name, policy);
            String id = create(scim, name);
            JsonNode tokens = login(name);
            int heard = logouts.size();

            scim.delete("/Users/" + id).expect(204);
            refresh(tokens).expect(400);
            assertThat(userinfo(tokens).status()).isNotEqualTo(200);
            assertThat(logouts).as(name).hasSizeGreaterThan(heard);
        }
    }

    @Test
    void aPolicyMayLeaveSessionsToRunOut() {
        Http scim = connect("leaves", "{'endSessions':false}");
        String id = create(scim, "left");
        login("left");
        int heard = logouts.size();
        scim.patch("/Users/" + id, patch("{'op':'replace','path':'active','value':false}"))
                .expect(200);
        assertThat(sessions(id)).isEqualTo(1);
        assertThat(logouts).hasSize(heard);
    }
}
