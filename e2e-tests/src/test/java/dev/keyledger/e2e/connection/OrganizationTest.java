package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection that is bound to an organization, and every way out of it that we know. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");
    private Http admin = new Http("");
    private Http all = new Http("");
    private Http scim = new Http("");
    private String acme = "";
    private String outsider = "";
    private String group = "";
    private String member = "";

    @BeforeParameterizedClassInvocation
    void makeAnOrganization() {
        connections = Connections.ofFreshRealm(shared, "organization");
        admin = connections.admin().realm(connections.realm());
        admin.put("", json("{'organizationsEnabled':true}")).expect(204);
        acme = organization("acme");
        organization("other");
        all = connect("all", "{}");
        scim = connect("acme", "{'organization':'acme'}");
        outsider = create(all, "/Users", user("outsider"));
        member = create(scim, "/Users", user("member"));
        group = create(all, "/Groups", group("Everybody", outsider, member));
    }

    private String organization(String alias) {
        return AdminClient.createdId(admin.post(
                        "/organizations",
                        json("{'name':'" + alias + "','alias':'" + alias + "','domains':[{'name':'" + alias
                                + ".example'}]}"))
                .expect(201));
    }

    private Http connect(String name, String settings) {
        connections.put(name, settings);
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    private static String create(Http client, String endpoint, ObjectNode resource) {
        return client.post(endpoint, resource).expect(201).json().get("id").asText();
    }

    private static ObjectNode group(String name, String... members) {
        ObjectNode group =
                json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'" + name + "'}");
        for (String each : members) {
            group.withArray("members").addObject().put("value", each);
        }
        return group;
    }

    private void join(String userId) {
        admin.send("POST", "/organizations/" + acme + "/members", ('"' + userId + '"').getBytes(StandardCharsets.UTF_8))
                .expect(201);
    }

    @Test
    void aNewUserIsAManagedMember() {
        JsonNode joined = admin.get("/organizations/" + acme + "/members/" + member)
                .expect(200)
                .json();
        assertThat(joined.get("membershipType").asText()).isEqualTo("MANAGED");
        scim.get("/Users/" + member).expect(200);
        scim.patch("/Users/" + member, patch("{'op':'add','path':'title','value':'x'}"))
                .expect(200);
    }

    @Test
    void nobodyOutsideIsThereByWhateverNameHeIsCalled() {
        for (String filter : List.of(
                "userName eq \"outsider\"",
                "id eq \"" + outsider + "\"",
                "emails.value eq \"outsider@example.com\"",
                "userName sw \"out\" or title eq \"nothing\"",
                "not (userName eq \"member\") and userName eq \"outsider\"",
                "groups.value eq \"" + group + "\" and userName eq \"outsider\"",
                "meta.location ew \"" + outsider + "\"")) {
            String query = "?filter=" + Http.encode(filter);
            assertThat(scim.get("/Users" + query)
                            .expect(200)
                            .json()
                            .get("totalResults")
                            .asInt())
                    .as(filter)
                    .isZero();
        }
        for (String path :
                List.of("/Users", "/Users?cursor", "/Users?sortBy=userName", "/Users?sortBy=groups.display")) {
            assertThat(scim.get(path).expect(200).text())
                    .as(path)
                    .contains("member")
                    .doesNotContain(outsider);
        }
        assertThat(scim.get("?filter=" + Http.encode("id pr")).expect(200).text())
                .doesNotContain(outsider, group);
        assertThat(scim.get("/Users?count=0").json().get("totalResults").asInt())
                .isEqualTo(scim.get("/Users").json().get("Resources").size());
    }

    @Test
    void nobodyOutsideCanBeChangedOrDeleted() {
        String path = "/Users/" + outsider;
        scim.get(path).expect(404);
        scim.put(path, user("outsider")).expect(404);
        scim.patch(path, patch("{'op':'replace','path':'password','value':'stolen'}"))
                .expect(404);
        scim.patch(path, patch("{'op':'replace','path':'active','value':false}"))
                .expect(404);
        scim.delete(path).expect(404);
        ObjectNode moved = user("member");
        moved.put("id", outsider);
        scim.put("/Users/" + member, moved);
        ObjectNode bulk = json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':["
                + "{'method':'DELETE','path':'/Users/" + outsider + "'},"
                + "{'method':'PATCH','path':'/Users/" + outsider
                + "','data':{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[{'op':'replace','path':'active','value':false}]}},"
                + "{'method':'PATCH','path':'/Groups/" + group
                + "','data':{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[{'op':'add','path':'members','value':[{'value':'bulkId:n'}]}]}},"
                + "{'method':'POST','path':'/Users','bulkId':'n','data':" + user("by-bulk") + "}]}");
        JsonNode done = scim.post("/Bulk", bulk).expect(200).json();
        assertThat(done.get("Operations").findValuesAsText("status")).contains("404", "404", "404", "201");

        JsonNode untouched = admin.get("/users/" + outsider).expect(200).json();
        assertThat(untouched.get("enabled").asBoolean()).isTrue();
        assertThat(untouched.get("username").asText()).isEqualTo("outsider");
        assertThat(all.get("/Groups/" + group).json().get("members")).hasSize(2);
    }

    @Test
    void theGroupsOfTheRealmAreNotThere() {
        String path = "/Groups/" + group;
        scim.get(path).expect(404);
        scim.patch(path, patch("{'op':'remove','path':'members[value eq \"" + outsider + "\"]'}"))
                .expect(404);
        scim.patch(path, patch("{'op':'add','path':'members','value':[{'value':'" + member + "'}]}"))
                .expect(404);
        scim.put(path, group("Renamed")).expect(404);
        scim.delete(path).expect(404);
        for (String filter : List.of("displayName eq \"Everybody\"", "members.value eq \"" + member + "\"")) {
            String query = "?filter=" + Http.encode(filter);
            assertThat(scim.get("/Groups" + query).json().get("totalResults").asInt())
                    .as(filter)
                    .isZero();
        }
        assertThat(scim.get("/Users/" + member).json().has("groups")).isFalse();
        String inGroup = "?filter=" + Http.encode("groups.value eq \"" + group + "\"");
        assertThat(scim.get("/Users" + inGroup).json().get("totalResults").asInt())
                .isZero();
        assertThat(scim.get("/Users?filter=" + Http.encode("groups pr"))
                        .json()
                        .get("totalResults")
                        .asInt())
                .isZero();
        scim.patch("/Users/" + member, patch("{'op':'add','path':'groups','value':[{'value':'" + group + "'}]}"));
        assertThat(all.get(path).json().get("members")).hasSize(2);
    }

    @Test
    void noRoleOfTheRealmIsGiven() {
        admin.post("/roles", json("{'name':'realm-role'}")).expect(201);
        scim.patch("/Users/" + member, patch("{'op':'add','path':'roles','value':[{'value':'realm-role'}]}"))
                .expect(403);
        scim.post(
                        "/Users",
                        user("with-role")
                                .set(
                                        "roles",
                                        json("{'a':[{'value':'realm-role'}]}").get("a")))
                .expect(403);
        assertThat(admin.get("/users/" + member + "/role-mappings/realm")
                        .expect(200)
                        .text())
                .doesNotContain("realm-role");
    }

    @Test
    void aNameThatIsTakenOutsideStaysTaken() {
        scim.post("/Users", user("outsider")).expect(409);
        connections.put("acme-adopts", "{'organization':'acme','policy':{'existing':'adopt'}}");
        Http adopts = connections
                .anonymous()
                .bearer(connections
                        .issue("acme-adopts", "{'name':'t'}")
                        .get("token")
                        .asText());
        adopts.post("/Users", user("outsider")).expect(409);
        adopts.get("/Users/" + outsider).expect(404);
    }

    @Test
    void aMemberWhoBelongsToTheRealmIsSeenAndChangedOnlyWhenAdopted() {
        String guest = create(all, "/Users", user("guest"));
        join(guest);
        scim.get("/Users/" + guest).expect(200);
        scim.patch("/Users/" + guest, patch("{'op':'replace','path':'password','value':'stolen'}"))
                .expect(403);
        scim.delete("/Users/" + guest).expect(403);

        Http adopts = connect("acme-guests", "{'organization':'acme','policy':{'existing':'adopt'}}");
        assertThat(create(adopts, "/Users", user("guest"))).isEqualTo(guest);
        adopts.patch("/Users/" + guest, patch("{'op':'add','path':'title','value':'x'}"))
                .expect(200);
        adopts.delete("/Users/" + guest).expect(204);
        adopts.get("/Users/" + guest).expect(404);
        all.get("/Users/" + guest).expect(200);
        assertThat(admin.get("/users/" + guest)
                        .expect(200)
                        .json()
                        .get("enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aManagedMemberWhoIsDeletedIsGone() {
        String leaver = create(scim, "/Users", user("leaver"));
        scim.delete("/Users/" + leaver).expect(204);
        admin.get("/users/" + leaver).expect(404);
    }

    @Test
    void whoIsKeptWhenDeletedIsTheOrganizationsOwn() {
        for (String deletion : List.of("disable", "delayed")) {
            Http keeps = connect(
                    "keeps-" + deletion,
                    "{'organization':'acme','policy':{'existing':'adopt','deletion':'" + deletion + "'}}");
            String guest = create(all, "/Users", user("guest-" + deletion));
            join(guest);
            assertThat(create(keeps, "/Users", user("guest-" + deletion))).isEqualTo(guest);
            keeps.delete("/Users/" + guest).expect(204);
            keeps.get("/Users/" + guest).expect(404);
            assertThat(isEnabled(guest)).as("the account is the realm's").isTrue();
            admin.get("/organizations/" + acme + "/members/" + guest).expect(404);
            keeps.post("/Users", user("guest-" + deletion)).expect(409);

            String own = create(keeps, "/Users", user("own-" + deletion));
            keeps.delete("/Users/" + own).expect(204);
            keeps.get("/Users/" + own).expect(404);
            assertThat(isEnabled(own)).isFalse();
            assertThat(create(keeps, "/Users", user("own-" + deletion))).isEqualTo(own);
            assertThat(isEnabled(own)).isTrue();
        }
    }

    private boolean isEnabled(String userId) {
        return admin.get("/users/" + userId).expect(200).json().get("enabled").asBoolean();
    }

    @Test
    void anAdministratorWhoIsAMemberIsNotTouched() {
        String boss = connections.admin().createUser(connections.realm(), "organization-boss", "boss-password");
        connections.admin().grant(connections.realm(), boss, List.of("realm-admin"));
        join(boss);
        Http adopts = connect("acme-bosses", "{'organization':'acme','policy':{'existing':'adopt'}}");
        adopts.post("/Users", user("organization-boss")).expect(403);
        adopts.patch("/Users/" + boss, patch("{'op':'replace','path':'active','value':false}"))
                .expect(403);
    }

    @Test
    void anIdentityProviderThatLeavesTheOrganizationLinksNobodyAnyMore() {
        admin.post(
                        "/identity-provider/instances",
                        json("{'alias':'company','providerId':'oidc','enabled':true,'config':{'clientId':'c',"
                                + "'clientSecret':'s','authorizationUrl':'https://company.example/auth',"
                                + "'tokenUrl':'https://company.example/token'}}"))
                .expect(201);
        String settings = "{'organization':'acme','identityProvider':{'alias':'company','subject':'userName'}}";
        connections.api().put("/linked", json(settings)).expect(400);
        String providers = "/organizations/" + acme + "/identity-providers";
        admin.send("POST", providers, "company".getBytes(StandardCharsets.UTF_8))
                .expect(204);
        Http linking = connect("linked", settings);
        String linked = create(linking, "/Users", user("linked"));
        assertThat(links(linked)).containsExactly("company");

        admin.delete(providers + "/company").expect(204);
        String unlinked = create(linking, "/Users", user("unlinked"));
        assertThat(links(unlinked)).isEmpty();
        assertThat(links(linked)).as("who was linked stays").containsExactly("company");
        linking.patch("/Users/" + linked, patch("{'op':'add','path':'title','value':'x'}"))
                .expect(200);
        connections
                .api()
                .put("/linked", json(settings).put("displayName", "Changed"))
                .expect(400);

        admin.send("POST", providers, "company".getBytes(StandardCharsets.UTF_8))
                .expect(204);
        assertThat(links(create(linking, "/Users", user("linked-again")))).containsExactly("company");
    }

    private List<String> links(String userId) {
        return admin.get("/users/" + userId + "/federated-identity")
                .expect(200)
                .json()
                .findValuesAsText("identityProvider");
    }

    @Test
    void twoOrganizationsDoNotSeeEachOther() {
        Http other = connect("other", "{'organization':'other'}");
        String theirs = create(other, "/Users", user("theirs"));
        scim.get("/Users/" + theirs).expect(404);
        other.get("/Users/" + member).expect(404);
        assertThat(other.get("/Users").json().get("totalResults").asInt()).isEqualTo(1);
    }

    @Test
    void withoutItsOrganizationAConnectionIsNothing() {
        String id = organization("closing");
        Http closing = connect("closing", "{'organization':'closing'}");
        String last = create(closing, "/Users", user("last"));
        JsonNode organization = admin.get("/organizations/" + id).expect(200).json();
        admin.put("/organizations/" + id, ((ObjectNode) organization).put("enabled", false))
                .expect(204);
        closing.get("/Users").expect(403);
        admin.delete("/organizations/" + id).expect(204);
        closing.get("/Users").expect(403);
        closing.get("/Users/" + last).expect(403);
        closing.post("/Users", user("too-late")).expect(403);
    }

    @Test
    void anOrganizationThatIsNotThereIsRefused() {
        connections.api().put("/lost", json("{'organization':'nowhere'}")).expect(400);
        connections.api().put("/default", json("{'organization':'acme'}")).expect(400);
        connections.api().get("/lost").expect(404);
    }
}
