package dev.keyledger.e2e.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import java.util.Locale;

/** The connections of a realm of its own, and the bodies that tests send. */
record Connections(SharedServer shared, String realm) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    static Connections ofFreshRealm(SharedServer shared, String prefix) {
        return new Connections(shared, shared.freshRealm(prefix));
    }

    /** JSON whose quotation marks may be single ones. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    /** A User with the fewest attributes that let it log in. */
    static ObjectNode user(String userName) {
        return json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'" + userName
                + "','active':true,'name':{'givenName':'Given','familyName':'Family'},'emails':[{'value':'"
                + userName.toLowerCase(Locale.ROOT) + "@example.com','type':'work','primary':true}]}");
    }

    /** A PATCH of these operations. */
    static ObjectNode patch(String... operations) {
        ObjectNode patch = json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp']}");
        for (String operation : operations) {
            patch.withArray("Operations").add(json(operation));
        }
        return patch;
    }

    /** The administrator's API of connections. */
    Http api() {
        return admin().realm(realm).below("/keyledger/connections");
    }

    AdminClient admin() {
        return shared.admin();
    }

    AuditLog log() {
        return admin().auditLog(realm);
    }

    /** Makes or changes a connection; {@code settings} is JSON whose quotation marks may be single ones. */
    JsonNode put(String name, String settings) {
        return api().put("/" + name, json(settings)).expect(200, 201).json();
    }

    /** SCIM without any credentials. */
    Http anonymous() {
        return new Http(shared.server().baseUrl() + "/realms/" + realm + "/scim/v2")
                .with("Content-Type", "application/scim+json");
    }

    /** SCIM with the access token of that client. */
    Http asClient(String clientId) {
        return anonymous().bearer(admin().serviceAccountToken(realm, clientId, secret(clientId)));
    }

    /** The secret of a client of the realm. */
    String secret(String clientId) {
        return admin().realm(realm)
                .get("/clients/" + client(clientId).get("id").asText() + "/client-secret")
                .expect(200)
                .json()
                .get("value")
                .asText();
    }

    /** The client of that id. */
    JsonNode client(String clientId) {
        JsonNode found = admin().realm(realm)
                .get("/clients?clientId=" + Http.encode(clientId))
                .expect(200)
                .json();
        if (found.isEmpty()) {
            throw new IllegalStateException("the realm has no client " + clientId);
        }
        return found.get(0);
    }

    /** Makes the client scope {@code scim}, which access tokens show, and gives it to the client as {@code default} or {@code optional}. */
    void giveScimScope(String clientId, String as) {
        Http http = admin().realm(realm);
        http.post(
                        "/client-scopes",
                        json(
                                "{'name':'scim','protocol':'openid-connect','attributes':{'include.in.token.scope':'true'}}"))
                .expect(201);
        String scope = "";
        for (JsonNode each : http.get("/client-scopes").expect(200).json()) {
            scope = each.get("name").asText().equals("scim") ? each.get("id").asText() : scope;
        }
        String client = client(clientId).get("id").asText();
        http.send("PUT", "/clients/" + client + "/" + as + "-client-scopes/" + scope, new byte[0])
                .expect(204);
    }

    /** The realm's Admin API, as a new user of it with these roles of {@code realm-management}. */
    Http asAdministrator(String username, List<String> roles) {
        admin().grant(realm, admin().createUser(realm, username, "administrator-password"), roles);
        String token = admin().login(realm, "admin-cli", username, "administrator-password")
                .expect(200)
                .json()
                .get("access_token")
                .asText();
        return new Http(shared.server().baseUrl() + "/admin/realms/" + realm).bearer(token);
    }

    /** The audit log's entries for changes of connections. */
    List<JsonNode> entries(String resourceType) {
        log().awaitSealed();
        return log().entries("resourceType=" + resourceType);
    }

    /** Makes a provisioning token, and answers it as it is shown this once. */
    JsonNode issue(String connection, String wanted) {
        return api().post("/" + connection + "/tokens", json(wanted))
                .expect(201)
                .json();
    }
}
