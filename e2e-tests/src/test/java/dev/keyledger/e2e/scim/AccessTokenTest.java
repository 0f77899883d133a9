package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An access token of a service account counts for as long as nothing of what it stands on is gone, and not a request longer. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTokenTest {
    private static final String SECRET = "provisioning-secret";
    private static final int SOON = 60;

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private Http admin = new Http("");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("access-token");
        admin = shared.admin().realm(realm);
    }

    @Test
    void aRevokedTokenIsNone() {
        connect("revoked");
        String token = token("revoked");
        users(token).expect(200);

        new Http(shared.server().baseUrl())
                .form(
                        "/realms/" + realm + "/protocol/openid-connect/revoke",
                        Map.of("client_id", "revoked", "client_secret", SECRET, "token", token))
                .expect(200);

        assertError(users(token), 401, "");
        users(token("revoked")).expect(200);
    }

    @Test
    void aTokenFromBeforeItsClientsNotBeforeIsNone() {
        connect("client-not-before");
        String token = token("client-not-before");
        changeClient("client-not-before", client -> client.put("notBefore", now() + SOON));
        assertError(users(token), 401, "");
        changeClient("client-not-before", client -> client.put("notBefore", 0));
        users(token).expect(200);
    }

    @Test
    void aTokenFromBeforeItsRealmsNotBeforeIsNone() {
        connect("realm-not-before");
        String token = token("realm-not-before");
        changeRealm(now() + SOON);
        assertError(users(token), 401, "");
        changeRealm(0);
        users(token).expect(200);
    }

    @Test
    void aTokenOfADisabledClientIsNone() {
        connect("disabled-client");
        String token = token("disabled-client");
        changeClient("disabled-client", client -> client.put("enabled", false));
        assertError(users(token), 401, "");
    }

    @Test
    void aTokenOfADisabledAccountIsNone() {
        connect("disabled-account");
        String token = token("disabled-account");
        String account = account("disabled-account");
        ObjectNode user = admin.get("/users/" + account).expect(200).json().deepCopy();
        admin.put("/users/" + account, user.put("enabled", false)).expect(204);
        assertError(users(token), 401, "");
    }

    @Test
    void aTokenThatHasExpiredIsNone() throws InterruptedException {
        connect("short-lived");
        changeClient("short-lived", client -> client.withObject("/attributes").put("access.token.lifespan", "1"));
        String token = token("short-lived");
        Thread.sleep(2_500);
        assertError(users(token), 401, "");
    }

    @Test
    void aTokenOfAClientThatHasToProveItsKeyIsNoneWithoutTheProof() {
        connect("without-proof");
        String token = token("without-proof");
        changeClient(
                "without-proof", client -> client.withObject("/attributes").put("dpop.bound.access.tokens", "true"));
        assertError(users(token), 401, "");
    }

    @Test
    void aTokenWhoseRightsAreLookedUpCountsAsOneThatTellsThem() {
        connect("lightweight");
        changeClient(
                "lightweight",
                client -> client.withObject("/attributes").put("client.use.lightweight.access.token.enabled", "true"));
        users(token("lightweight")).expect(200);
    }

    @Test
    void aTokenOfASessionCountsUntilTheSessionEnds() {
        connect("with-session");
        changeClient(
                "with-session",
                client -> client.withObject("/attributes").put("client_credentials.use_refresh_token", "true"));
        String token = token("with-session");
        users(token).expect(200);
        JsonNode sessions = admin.get("/users/" + account("with-session") + "/sessions")
                .expect(200)
                .json();
        assertThat(sessions).as("sessions of the account").isNotEmpty();
        sessions.forEach(
                each -> admin.delete("/sessions/" + each.get("id").asText()).expect(204));
        assertError(users(token), 401, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":null}",
                "{\"alg\":\"RS256\",\"kid\":\"unknown\"}",
                "{\"alg\":\"HS256\"}"
            })
    void aTokenWithAnotherHeaderIsNone(String header) {
        String client = "header-" + Integer.toHexString(header.hashCode());
        connect(client);
        String[] parts = token(client).split("\\.", -1);
        String forged = encoded(header);
        assertError(users(forged + "." + parts[1] + "." + parts[2]), 401, "");
        assertError(users(forged + "." + parts[1] + "."), 401, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jti\":\"urn:uuid:7\",\"sub\":\"s\"}",
                "{\"jti\":\"a:b\",\"sub\":\"s\",\"azp\":\"forged\"}",
                "{\"sub\":\"s\"}",
                "{}",
                "[]"
            })
    void aTokenThatNobodyHereHasSignedIsNone(String claims) {
        String client = "claims-" + Integer.toHexString(claims.hashCode());
        connect(client);
        String[] parts = token(client).split("\\.", -1);
        assertError(users(parts[0] + "." + encoded(claims) + "." + parts[2]), 401, "");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void connect(String clientId) {
        shared.admin().createServiceAccount(realm, clientId, SECRET, List.of("manage-users"));
    }

    private String token(String clientId) {
        return shared.admin().serviceAccountToken(realm, clientId, SECRET);
    }

    private Http.Reply users(String token) {
        return new Http(shared.server().baseUrl()).bearer(token).get("/realms/" + realm + "/scim/v2/Users?count=1");
    }

    private String id(String clientId) {
        return admin.get("/clients?clientId=" + clientId)
                .expect(200)
                .json()
                .at("/0/id")
                .asText();
    }

    private String account(String clientId) {
        return admin.get("/clients/" + id(clientId) + "/service-account-user")
                .expect(200)
                .json()
                .get("id")
                .asText();
    }

    private void changeClient(String clientId, Consumer<ObjectNode> change) {
        String path = "/clients/" + id(clientId);
        ObjectNode client = admin.get(path).expect(200).json().deepCopy();
        change.accept(client);
        admin.put(path, client).expect(204);
    }

    private void changeRealm(long notBefore) {
        ObjectNode whole = admin.get("").expect(200).json().deepCopy();
        admin.put("", whole.put("notBefore", notBefore)).expect(204);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
