package dev.keyledger.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The first administrator at a server's Admin REST API, and what every test and the demo set up with it: realms, users,
 * service-account clients, tokens. Logs in with the first request, and again when half of the token's life is over: it, and
 * every client that it answers, may live for hours. Safe for many threads.
 */
public final class AdminClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http server;
    private String token = "";
    private Instant renewal = Instant.MIN;

    public AdminClient(KeycloakServer server) {
        this(server.baseUrl());
    }

    public AdminClient(String baseUrl) {
        this.server = new Http(baseUrl);
    }

    /** A client with the administrator's token, based at the server's root. */
    public Http http() {
        return server.bearer(this::administrator);
    }

    private synchronized String administrator() {
        Instant now = Instant.now();
        if (now.isAfter(renewal)) {
            JsonNode reply = login("master", "admin-cli", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD)
                    .expect(200)
                    .json();
            token = accessToken(reply);
            renewal = now.plusSeconds(reply.get("expires_in").asLong() / 2);
        }
        return token;
    }

    /** A client with the administrator's token, based at {@code /admin/realms/<realm>}. */
    public Http realm(String realm) {
        return http().below("/admin/realms/" + realm);
    }

    /** A client with the token of another administrator of {@code realm}, one of its users, based at the realm. */
    public Http as(String realm, String username, String password) {
        Http.Reply reply = login(realm, "admin-cli", username, password).expect(200);
        return server.bearer(accessToken(reply.json())).below("/admin/realms/" + realm);
    }

    /** The audit log's API of {@code realm}, as the administrator. */
    public AuditLog auditLog(String realm) {
        return new AuditLog(realm(realm).below("/audit-log"));
    }

    /** Imports a realm; {@code representation} is Keycloak's own export format. */
    public void createRealm(JsonNode representation) {
        http().post("/admin/realms", representation).expect(201);
    }

    /** A fresh realm with nothing set but its name. */
    public void createRealm(String realm) {
        createRealm(JSON.createObjectNode().put("realm", realm).put("enabled", true));
    }

    /** A confidential client whose service account has {@code roles} of the client {@code realm-management}. */
    public void createServiceAccount(String realm, String clientId, String secret, List<String> roles) {
        Http admin = realm(realm);
        ObjectNode client = JSON.createObjectNode()
                .put("clientId", clientId)
                .put("secret", secret)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("publicClient", false);
        String id = createdId(admin.post("/clients", client).expect(201));
        String user = admin.get("/clients/" + id + "/service-account-user")
                .expect(200)
                .json()
                .get("id")
                .asText();
        grant(realm, user, roles);
    }

    /** Gives a user roles of the client {@code realm-management}. */
    public void grant(String realm, String userId, List<String> roles) {
        Http admin = realm(realm);
        String management = admin.get("/clients?clientId=realm-management")
                .json()
                .get(0)
                .get("id")
                .asText();
        var mapping = JSON.createArrayNode();
        for (String role : roles) {
            mapping.add(admin.get("/clients/" + management + "/roles/" + role)
                    .expect(200)
                    .json());
        }
        admin.post("/users/" + userId + "/role-mappings/clients/" + management, mapping)
                .expect(204);
    }

    /** A user who can log in with {@code password}; answers the id. */
    public String createUser(String realm, String username, String password) {
        ObjectNode user = JSON.createObjectNode()
                .put("username", username)
                .put("enabled", true)
                .put("firstName", username)
                .put("lastName", "Test")
                .put("email", username + "@example.com");
        user.putArray("credentials").addObject().put("type", "password").put("value", password);
        return createdId(realm(realm).post("/users", user).expect(201));
    }

    /** The access token of a service account. */
    public String serviceAccountToken(String realm, String clientId, String secret) {
        Map<String, String> grant =
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret);
        return accessToken(server.form("/realms/" + realm + "/protocol/openid-connect/token", grant)
                .expect(200)
                .json());
    }

    /** The SCIM endpoint of {@code realm} for a service account, without a slash at the end. */
    public Http scim(String realm, String clientId, String secret) {
        return server.below("/realms/" + realm + "/scim/v2").bearer(serviceAccountToken(realm, clientId, secret));
    }

    /** A direct-grant login; the reply is 200 with tokens, or 401. The client must allow direct grants. */
    public Http.Reply login(String realm, String clientId, String username, String password) {
        return server.form(
                "/realms/" + realm + "/protocol/openid-connect/token",
                Map.of("grant_type", "password", "client_id", clientId, "username", username, "password", password));
    }

    /** The id at the end of the Location header of a 201. */
    public static String createdId(Http.Reply created) {
        String location = created.header("Location")
                .orElseThrow(() -> new IllegalStateException("a 201 without a Location header: " + created.text()));
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static String accessToken(JsonNode reply) {
        return Objects.requireNonNull(reply.get("access_token"), "access_token").asText();
    }
}
