package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use SCIM: nobody without a token of the realm, and everybody only as far as the roles go. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));
    private String path = "";

    @BeforeParameterizedClassInvocation
    void makeAUser() {
        realm = shared.freshRealm("access");
        scim = ScimClient.connect(shared, realm);
        path = "/Users/" + scim.createUser("guarded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer no-token", "Basic YWRtaW46YWRtaW4=", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void withoutAValidTokenNothingIsTold(String authorization) {
        Http anonymous = new Http(scim.http().base());
        Http caller = authorization.isEmpty() ? anonymous : anonymous.with("Authorization", authorization);
        for (String where : List.of("/Users", path, "/Groups", "/Schemas", "/ResourceTypes", "/NoSuch")) {
            Http.Reply refused = caller.get(where);
            assertError(refused, 401, "");
            assertThat(refused.header("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer realm="));
        }
        assertError(caller.delete(path), 401, "");
        scim.read(path);
    }

    @Test
    void howToAuthenticateIsToldToEverybodyWhoHasNoTokenYet() {
        Http anonymous = new Http(scim.http().base());

        JsonNode config = anonymous.get("/ServiceProviderConfig").expect(200).json();

        assertThat(config).isEqualTo(scim.read("/ServiceProviderConfig"));
        assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
        assertError(anonymous.post("/ServiceProviderConfig", config), 401, "");
        assertError(anonymous.bearer("no-token").get("/ServiceProviderConfig"), 401, "");
    }

    @Test
    void aTokenOfAnotherRealmIsNone() {
        ScimClient foreign = ScimClient.connect(shared, shared.freshRealm("foreign"));
        String token = shared.admin().serviceAccountToken(realmOf(foreign), "provisioning", "provisioning-secret");
        assertError(new Http(scim.http().base()).bearer(token).get("/Users"), 401, "");
    }

    @Test
    void aClientWithoutARoleMayDoNothing() {
        Http nobody = ScimClient.connect(shared, realm, "nobody", List.of()).http();
        assertError(nobody.get("/Users"), 403, "");
        assertError(nobody.get(path), 403, "");
        assertError(nobody.get("/Groups"), 403, "");
        assertError(nobody.post("/Users", user("by-nobody")), 403, "");
        assertError(nobody.delete(path), 403, "");
    }

    @Test
    void aClientThatMayQueryLearnsNotEvenWhetherAUserExists() {
        Http curious = ScimClient.connect(shared, realm, "curious", List.of("query-users"))
                .http();
        assertError(curious.get("/Users?filter=" + Http.encode("userName eq \"guarded\"")), 403, "");
    }

    @Test
    void aClientThatMayViewReadsAndChangesNothing() {
        String groupId = scim.create("/Groups", group("Guarded")).get("id").asText();
        Http viewer = ScimClient.connect(shared, realm, "viewer", List.of("view-users"))
                .http();

        assertThat(viewer.get(path).expect(200).json()).isEqualTo(scim.read(path));
        viewer.get("/Users").expect(200);
        viewer.get("/Groups/" + groupId).expect(200);
        viewer.get("/ServiceProviderConfig").expect(200);
        assertError(viewer.post("/Users", user("by-viewer")), 403, "");
        assertError(viewer.put(path, user("guarded")), 403, "");
        assertError(viewer.patch(path, patch("{'op':'add','path':'title','value':'x'}")), 403, "");
        assertError(viewer.delete(path), 403, "");
        assertError(viewer.post("/Groups", group("By viewer")), 403, "");
        assertError(viewer.delete("/Groups/" + groupId), 403, "");
    }

    @Test
    void aTokenOfAPublicClientIsRefused() {
        String admin = shared.admin().createUser(realm, "realm-user", "realm-user-password");
        shared.admin().grant(realm, admin, List.of("realm-admin"));
        String token = shared.admin()
                .login(realm, "admin-cli", "realm-user", "realm-user-password")
                .expect(200)
                .json()
                .get("access_token")
                .asText();
        assertError(new Http(scim.http().base()).bearer(token).get("/Users"), 403, "");
    }

    @Test
    void aProvisioningClientCannotTakeOverAnAdministrator() {
        String admin = shared.admin().createUser(realm, "realm-boss", "realm-boss-password");
        shared.admin().grant(realm, admin, List.of("realm-admin"));

        JsonNode steal = patch("{'op':'replace','path':'password','value':'stolen-password'}");
        assertError(scim.http().patch("/Users/" + admin, steal), 403, "");
        assertError(scim.http().delete("/Users/" + admin), 403, "");
        assertThat(shared.admin()
                        .login(realm, "admin-cli", "realm-boss", "realm-boss-password")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAccountsOfServicesAreNoUsers() {
        String account = ScimClient.connect(shared, realm, "neighbour", List.of("view-users"))
                .read("/Me")
                .get("id")
                .asText();

        assertError(scim.http().get("/Users/" + account), 404, "");
        assertError(scim.http().delete("/Users/" + account), 404, "");
        assertThat(scim.search("/Users", "userName sw \"service-account-\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
        assertError(scim.http().post("/Groups", group("Services", account)), 400, "invalidValue");
    }

    @Test
    void usersOfOneRealmAreNotThoseOfAnother() {
        ScimClient foreign = ScimClient.connect(shared, shared.freshRealm("neighbour"));
        String stranger = foreign.createUser("guarded");

        assertError(scim.http().get("/Users/" + stranger), 404, "");
        assertError(scim.http().delete("/Users/" + stranger), 404, "");
        assertError(scim.http().post("/Groups", group("Strangers", stranger)), 400, "invalidValue");
        foreign.read("/Users/" + stranger);
    }

    private static String realmOf(ScimClient client) {
        String behind = client.http().base().substring(client.http().base().indexOf("/realms/") + "/realms/".length());
        return behind.substring(0, behind.indexOf('/'));
    }
}
