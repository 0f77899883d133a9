package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the IPSIE account lifecycle profile of SCIM asks for beyond what other tests show: docs/ipsie.md names them all. */
class IpsieTest {
    private static final String CLIENT = "identity-service";

    private final SharedServer shared = SharedServer.H2;

    @Test
    void aClientThatSignsItsAssertionsDeprovisionsWithATokenForScimAlone() {
        Connections connections = Connections.ofFreshRealm(shared, "ipsie");
        String realm = shared.server().baseUrl() + "/realms/" + connections.realm();
        JsonNode metadata = new Http(realm)
                .get("/.well-known/oauth-authorization-server")
                .expect(200)
                .json();
        assertThat(metadata.get("token_endpoint_auth_methods_supported").toString())
                .contains("private_key_jwt");
        assertThat(metadata.has("jwks_uri")).isTrue();
        try (ForeignIssuer keys = ForeignIssuer.start()) {
            makeClient(connections, keys.url() + "/keys");
            connections.put(
                    CLIENT, "{'client':'" + CLIENT + "','tokenScope':'scim','policy':{'requestsPerMinute':1500}}");
            String endpoint = metadata.get("token_endpoint").asText();

            connections
                    .anonymous()
                    .bearer(token(endpoint, assertion(keys, realm), ""))
                    .get("/Users")
                    .expect(401);
            Http scim = connections.anonymous().bearer(token(endpoint, assertion(keys, realm), "&scope=scim"));
            assertLifecycle(scim);
        }
    }

    private static void makeClient(Connections connections, String keySet) {
        Http admin = connections.admin().realm(connections.realm());
        connections.admin().createServiceAccount(connections.realm(), CLIENT, "never-used", List.of("manage-users"));
        connections.giveScimScope(CLIENT, "optional");
        String id = connections.client(CLIENT).get("id").asText();
        admin.put(
                        "/clients/" + id,
                        json("{'clientId':'" + CLIENT + "','serviceAccountsEnabled':true,'publicClient':false,"
                                + "'clientAuthenticatorType':'client-jwt','attributes':{'use.jwks.url':'true','jwks.url':'"
                                + keySet + "'}}"))
                .expect(204);
    }

    private static String assertion(ForeignIssuer keys, String realm) {
        return keys.sign(json("{'iss':'" + CLIENT + "','sub':'" + CLIENT + "','aud':'" + realm + "'}")
                .put("jti", UUID.randomUUID().toString())
                .put("exp", Instant.now().getEpochSecond() + 60));
    }

    private static String token(String endpoint, String assertion, String scope) {
        String form = "grant_type=client_credentials" + scope
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_assertion=" + assertion;
        return new Http("")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", endpoint, form.getBytes(StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .get("access_token")
                .asText();
    }

    private static void assertLifecycle(Http scim) {
        JsonNode made = scim.post("/Users", user("leaver").put("externalId", "e-1"))
                .expect(201)
                .json();
        String path = "/Users/" + made.get("id").asText();
        for (String filter : new String[] {
            "username eq \"leaver\"",
            "externalId eq \"e-1\"",
            "emails[value eq \"leaver@example.com\"]",
            "emails[type eq \"work\" and value eq \"leaver@example.com\"]"
        }) {
            Http.Reply found = scim.get("/Users?filter=" + Http.encode(filter)).expect(200);
            assertThat(found.json().get("totalResults").asInt()).as(filter).isEqualTo(1);
            assertThat(found.header("RateLimit-Limit")).hasValue("1500");
        }
        scim.patch(path, patch("{'op':'replace','path':'active','value':false}"))
                .expect(200);
        assertThat(scim.patch(path, patch("{'op':'replace','path':'active','value':true}"))
                        .expect(200)
                        .json()
                        .get("active")
                        .asBoolean())
                .isTrue();
        scim.delete(path).expect(204);
        scim.get(path).expect(404);
        scim.post("/Users", user("leaver")).expect(201);
    }
}
