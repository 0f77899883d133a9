package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The one behind the token, under the name that everyone has for himself. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("me");
        scim = ScimClient.connect(shared, realm);
        shared.admin()
                .realm(realm)
                .post(
                        "/clients",
                        json("{'clientId':'portal','secret':'portal-secret','publicClient':false,"
                                + "'directAccessGrantsEnabled':true,'fullScopeAllowed':true}"))
                .expect(201);
    }

    @Test
    void aClientReadsItsOwnAccountAndChangesNothing() {
        Http.Reply reply = scim.http().get("/Me").expect(200);
        JsonNode me = reply.json();
        String path = "/Users/" + me.get("id").asText();

        assertThat(me.get("userName").asText()).isEqualTo("service-account-provisioning");
        assertThat(reply.header("Location")).hasValue(scim.http().base() + path);
        assertThat(reply.header("Content-Location")).hasValue(scim.http().base() + path);
        assertThat(scim.read(path)).isEqualTo(me);
        for (String own : List.of("/Me", path)) {
            assertError(scim.http().put(own, user("service-account-provisioning")), 403, "");
            assertError(scim.http().patch(own, patch("{'op':'add','path':'title','value':'x'}")), 403, "");
            assertError(scim.http().delete(own), 403, "");
        }
        assertThat(scim.read("/Me")).isEqualTo(me);
    }

    @Test
    void meIsNothingToCreateAndHasNothingBelow() {
        Http.Reply refused = scim.http().post("/Me", user("me-too"));
        assertError(refused, 405, "");
        assertThat(refused.header("Allow")).hasValue("GET, PUT, PATCH, DELETE");
        assertError(scim.http().get("/Me/too"), 404, "");
    }

    @Test
    void aUserIsWhatTheUserMayBe() {
        String id = shared.admin().createUser(realm, "me-boss", "me-boss-password");
        shared.admin().grant(realm, id, List.of("realm-admin"));
        Http me = portal("me-boss");
        String path = "/Users/" + id;

        JsonNode before = me.get("/Me?attributes=userName").expect(200).json();
        assertThat(before.get("id").asText()).isEqualTo(id);
        assertThat(before.has("name")).isFalse();
        Http.Reply patched = me.patch("/Me", patch("{'op':'add','path':'title','value':'Boss'}"))
                .expect(200);
        assertThat(patched.header("Location")).hasValue(scim.http().base() + path);
        assertThat(scim.read(path)).isEqualTo(patched.json());
        assertError(me.with("If-Match", "W/\"another\"").put("/Me", user("me-boss")), 412, "");
        me.put("/Me", user("me-boss").put("nickName", "Bossy")).expect(200);
        assertThat(scim.read(path).has("title")).isFalse();

        me.delete("/Me").expect(204);
        scim.http().get(path).expect(404);
        assertError(me.get("/Me"), 401, "");
    }

    @Test
    void aUserWithoutRightsIsRefused() {
        shared.admin().createUser(realm, "me-nobody", "me-nobody-password");
        assertError(portal("me-nobody").get("/Me"), 403, "");
    }

    private Http portal(String username) {
        String token = new Http(scim.http().base().replaceFirst("/scim/v2$", ""))
                .form(
                        "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "portal",
                                "client_secret",
                                "portal-secret",
                                "username",
                                username,
                                "password",
                                username + "-password"))
                .expect(200)
                .json()
                .get("access_token")
                .asText();
        return new Http(scim.http().base()).bearer(token).with("Content-Type", "application/scim+json");
    }
}
