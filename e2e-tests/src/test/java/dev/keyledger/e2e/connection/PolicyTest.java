package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the requests of a connection mean: its policy, setting by setting. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");
    private Http admin = new Http("");

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        connections = Connections.ofFreshRealm(shared, "policy");
        admin = connections.admin().realm(connections.realm());
    }

    /** A new connection with that policy, as its client uses it. */
    private Http connect(String name, String policy) {
        connections.put(name, "{'policy':" + policy + "}");
        return connections
                .anonymous()
                .bearer(connections.issue(name, "{'name':'t'}").get("token").asText());
    }

    private static String create(Http scim, String endpoint, ObjectNode resource) {
        return scim.post(endpoint, resource).expect(201).json().get("id").asText();
    }

    private static JsonNode search(Http scim, String endpoint, String filter) {
        return scim.get(endpoint + "?filter=" + Http.encode(filter)).expect(200).json();
    }

    private static ObjectNode group(String name, String... members) {
        ObjectNode group =
                json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'" + name + "'}");
        for (String member : members) {
            group.withArray("members").addObject().put("value", member);
        }
        return group;
    }

    @Test
    void everyConnectionHasExternalIdsOfItsOwn() {
        Http one = connect("ids-one", "{}");
        Http two = connect("ids-two", "{}");
        String id = create(one, "/Users", user("ids").put("externalId", "first"));
        String groupId = create(one, "/Groups", group("Ids").put("externalId", "first"));
        JsonNode seen = two.get("/Users/" + id).expect(200).json();
        assertThat(seen.has("externalId")).isFalse();

        for (String path : List.of("/Users/" + id, "/Groups/" + groupId)) {
            two.patch(path, patch("{'op':'add','path':'externalId','value':'second'}"))
                    .expect(200);
            assertThat(one.get(path).json().get("externalId").asText()).isEqualTo("first");
            assertThat(two.get(path).json().get("externalId").asText()).isEqualTo("second");
        }
        for (String endpoint : List.of("/Users", "/Groups")) {
            assertThat(search(one, endpoint, "externalId eq \"first\"")
                            .get("totalResults")
                            .asInt())
                    .isEqualTo(1);
            assertThat(search(one, endpoint, "externalId eq \"second\"")
                            .get("totalResults")
                            .asInt())
                    .isZero();
            assertThat(search(two, endpoint, "externalId eq \"second\"")
                            .get("totalResults")
                            .asInt())
                    .isEqualTo(1);
            assertThat(search(two, endpoint, "externalId sw \"fir\"")
                            .get("totalResults")
                            .asInt())
                    .isZero();
        }
        assertThat(two.get("/Users/" + id).json().toString()).doesNotContain("first");
    }

    @Test
    void whatAConnectionHasNotMadeIsNotThereForIt() {
        Http all = connect("sees-all", "{}");
        Http own = connect("sees-own", "{'visibility':'provisioned'}");
        String foreign = create(all, "/Users", user("foreign"));
        String mine = create(own, "/Users", user("mine"));
        String foreignGroup = create(all, "/Groups", group("Foreign", foreign, mine));
        String myGroup = create(own, "/Groups", group("Mine", mine));
        all.patch("/Groups/" + myGroup, patch("{'op':'add','path':'members','value':[{'value':'" + foreign + "'}]}"))
                .expect(200);

        assertThat(ids(own.get("/Users").json())).containsExactly(mine);
        assertThat(ids(own.get("/Groups").json())).containsExactly(myGroup);
        assertThat(ids(own.get("/Users?cursor").json())).containsExactly(mine);
        assertThat(ids(own.post("/.search", json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest']}"))
                        .json()))
                .containsExactlyInAnyOrder(mine, myGroup);
        for (String path : List.of("/Users/" + foreign, "/Groups/" + foreignGroup)) {
            own.get(path).expect(404);
            own.delete(path).expect(404);
            own.patch(path, patch("{'op':'add','path':'externalId','value':'x'}"))
                    .expect(404);
        }
        own.put("/Users/" + foreign, user("foreign")).expect(404);
        own.patch("/Groups/" + foreignGroup, patch("{'op':'remove','path':'members'}"))
                .expect(404);
        own.patch("/Groups/" + foreignGroup, patch("{'op':'add','path':'members','value':[{'value':'" + mine + "'}]}"))
                .expect(404);
        for (String filter : List.of(
                "userName eq \"foreign\"", "id eq \"" + foreign + "\"", "groups.value eq \"" + foreignGroup + "\"")) {
            assertThat(search(own, "/Users", filter).get("totalResults").asInt())
                    .as(filter)
                    .isZero();
        }
        for (String filter : List.of(
                "displayName eq \"Foreign\"",
                "members.value eq \"" + foreign + "\"",
                "members[value eq \"" + foreign + "\" and type eq \"User\"]",
                "members[display sw \"for\"]")) {
            assertThat(search(own, "/Groups", filter).get("totalResults").asInt())
                    .as(filter)
                    .isZero();
        }
        assertThat(own.get("/Groups/" + myGroup).json().get("members")).hasSize(1);
        assertThat(own.get("/Users/" + mine).json().toString())
                .contains(myGroup)
                .doesNotContain(foreignGroup);
        assertThat(own.get("/Users").json().toString()).doesNotContain(foreignGroup);

        own.patch("/Groups/" + myGroup, patch("{'op':'add','path':'members','value':[{'value':'" + foreign + "'}]}"))
                .expect(400);
        own.patch(
                        "/Groups/" + myGroup,
                        patch("{'op':'add','path':'members','value':[{'value':'" + foreignGroup + "'}]}"))
                .expect(400);
        create(own, "/Groups", group("Also mine"));
        own.post("/Groups", group("Not mine", foreign)).expect(400);
        own.put("/Groups/" + myGroup, group("Mine")).expect(200);
        assertThat(all.get("/Groups/" + myGroup).json().get("members"))
                .as("who is not there for the client is not removed by it")
                .hasSize(1);
        own.post("/Users", user("foreign")).expect(409);
    }

    @Test
    void anExistingUserIsRefusedOrAdoptedAsThePolicySays() {
        Http refuses = connect("refuses", "{}");
        Http adopts = connect("adopts", "{'existing':'adopt','visibility':'provisioned'}");
        String id = connections.admin().createUser(connections.realm(), "adopted", "adopted-password");
        refuses.post("/Users", user("adopted")).expect(409);
        adopts.get("/Users/" + id).expect(404);

        JsonNode adopted = adopts.post("/Users", user("Adopted").put("title", "Adoptee"))
                .expect(201)
                .json();
        assertThat(adopted.get("id").asText()).isEqualTo(id);
        assertThat(adopted.get("title").asText()).isEqualTo("Adoptee");
        assertThat(adopted.at("/name/givenName").asText()).isEqualTo("Given");
        adopts.get("/Users/" + id).expect(200);
        assertThat(connections.log().awaitSealed().get("staged").asInt()).isZero();
        assertThat(operations(id)).contains("UPDATE");

        Http.Reply again = adopts.post("/Users", user("adopted")).expect(409);
        assertThat(again.json().get("scimType").asText()).isEqualTo("uniqueness");

        String byMail = connections.admin().createUser(connections.realm(), "by-mail", "by-mail-password");
        ObjectNode wanted = user("new-name");
        ((ObjectNode) wanted.get("emails").get(0)).put("value", "by-mail@example.com");
        adopts.post("/Users", wanted).expect(409);
        admin.put("/users/" + byMail, json("{'emailVerified':true}")).expect(204);
        assertThat(create(adopts, "/Users", wanted)).isEqualTo(byMail);
    }

    @Test
    void adoptionIsNoWayToAnAdministrator() {
        Http adopts = connect("adopts-none", "{'existing':'adopt'}");
        String boss = connections.admin().createUser(connections.realm(), "policy-boss", "boss-password");
        connections.admin().grant(connections.realm(), boss, List.of("realm-admin"));
        adopts.post("/Users", user("policy-boss")).expect(403);
        adopts.post("/Users", user("service-account-scim-adopts-none")).expect(409);
    }

    @Test
    void aDeletedUserIsDisabledAndReturnsAsTheSame() {
        Http disables = connect("disables", "{'deletion':'disable'}");
        String id = create(disables, "/Users", user("leaver"));
        String groupId = create(disables, "/Groups", group("Leavers", id));
        disables.delete("/Users/" + id).expect(204);
        assertThat(admin.get("/users/" + id).expect(200).json().get("enabled").asBoolean())
                .isFalse();
        disables.get("/Users/" + id).expect(404);
        disables.delete("/Users/" + id).expect(404);
        assertThat(search(disables, "/Users", "userName eq \"leaver\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
        assertThat(disables.get("/Groups/" + groupId).json().has("members")).isFalse();

        assertThat(create(disables, "/Users", user("leaver"))).isEqualTo(id);
        assertThat(admin.get("/users/" + id).expect(200).json().get("enabled").asBoolean())
                .isTrue();
        disables.get("/Users/" + id).expect(200);
        disables.post("/Users", user("leaver")).expect(409);
        assertThat(operations(id)).contains("DELETE", "UPDATE", "CREATE");

        Http deletes = connect("deletes", "{}");
        String other = create(deletes, "/Users", user("goner"));
        deletes.delete("/Users/" + other).expect(204);
        admin.get("/users/" + other).expect(404);
        assertThat(create(deletes, "/Users", user("goner"))).isNotEqualTo(other);
    }

    @Test
    void passwordsAreTakenOrForgotten() {
        Http accepts = connect("accepts", "{}");
        create(accepts, "/Users", user("with-password").put("password", "from-the-client"));
        assertThat(login("with-password", "from-the-client").status()).isEqualTo(200);

        connections.put("forgets", "{'kind':'okta'}");
        Http forgets = connections
                .anonymous()
                .bearer(connections
                        .issue("forgets", "{'name':'t'}")
                        .get("token")
                        .asText());
        String id = create(forgets, "/Users", user("without-password").put("password", "from-the-client"));
        forgets.patch("/Users/" + id, patch("{'op':'replace','value':{'password':'another-one'}}"))
                .expect(200);
        assertThat(login("without-password", "from-the-client").status()).isNotEqualTo(200);
        assertThat(login("without-password", "another-one").status()).isNotEqualTo(200);
        assertThat(admin.get("/users/" + id + "/credentials").json()).isEmpty();
        assertThat(forgets.get("/ServiceProviderConfig")
                        .json()
                        .at("/changePassword/supported")
                        .asBoolean())
                .isFalse();
        assertThat(operations(id)).containsExactly("CREATE");
    }

    @Test
    void aNewUserHasToDoWhatThePolicySays() {
        Http scim = connect("welcomes", "{'requiredActions':['UPDATE_PASSWORD','VERIFY_EMAIL']}");
        String id = create(scim, "/Users", user("newcomer"));
        assertThat(admin.get("/users/" + id).json().get("requiredActions").toString())
                .contains("UPDATE_PASSWORD", "VERIFY_EMAIL");
        connections
                .api()
                .put("/welcomes", json("{'policy':{'requiredActions':['NO_SUCH_ACTION']}}"))
                .expect(400);
    }

    @Test
    void administratorsAreNotTouchedUnlessAllowedAndNobodyBecomesOne() {
        String boss = connections.admin().createUser(connections.realm(), "untouched", "boss-password");
        connections.admin().grant(connections.realm(), boss, List.of("realm-admin"));
        Http shy = connect("shy", "{}");
        JsonNode rename = patch("{'op':'replace','path':'title','value':'changed'}");
        shy.patch("/Users/" + boss, rename).expect(403);
        shy.delete("/Users/" + boss).expect(403);

        Http lesser =
                connections.asAdministrator("not-full", List.of("manage-realm", "manage-users", "manage-clients"));
        lesser.put("/keyledger/connections/bold", json("{'policy':{'administrators':true}}"))
                .expect(403);
        Http bold = connect("bold", "{'administrators':true}");
        bold.patch("/Users/" + boss, rename).expect(200);
        connections
                .api()
                .put("/default", json("{'policy':{'administrators':true}}"))
                .expect(400);

        String plain = create(bold, "/Users", user("climber"));
        bold.patch(
                        "/Users/" + plain,
                        patch("{'op':'add','path':'entitlements','value':[{'value':'realm-management/realm-admin'}]}"))
                .expect(403);
    }

    @Test
    void aClientThatSendsTooMuchIsToldWhenToComeAgain() {
        Http limited = connect("limited", "{'requestsPerMinute':5}");
        Http free = connect("free", "{}");
        Http.Reply last = limited.get("/Users?count=0").expect(200);
        for (int i = 1; i < 5; i++) {
            assertThat(last.header("RateLimit-Remaining")).hasValue(Integer.toString(5 - i));
            last = limited.get("/Users?count=0").expect(200);
        }
        Http.Reply refused = limited.get("/Users?count=0").expect(429);
        assertThat(refused.header("Retry-After").map(Integer::parseInt).orElse(0))
                .isBetween(1, 60);
        assertThat(refused.header("RateLimit").orElse("")).contains("r=0");
        assertThat(refused.header("RateLimit-Policy").orElse("")).contains("q=5;w=60");
        assertThat(refused.json().get("status").asText()).isEqualTo("429");
        assertThat(free.get("/Users?count=0").expect(200).header("RateLimit-Limit"))
                .isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "keyledger.tests", matches = "all")
    void aClientThatComesAgainWhenItWasToldIsServed() throws InterruptedException {
        Http limited = connect("patient", "{'requestsPerMinute':1}");
        limited.get("/Users?count=0").expect(200);
        Http.Reply refused = limited.get("/Users?count=0").expect(429);

        Thread.sleep(
                Duration.ofSeconds(Long.parseLong(refused.header("Retry-After").orElseThrow()))
                        .toMillis());

        limited.get("/Users?count=0").expect(200);
    }

    @Test
    void thePolicyOfTheBuiltInConnectionCanBeChanged() {
        Connections other = Connections.ofFreshRealm(shared, "built-in");
        other.put("default", "{'policy':{'deletion':'disable'}}");
        other.admin().createServiceAccount(other.realm(), "plain", "plain-secret", List.of("manage-users"));
        Http plain = other.asClient("plain");
        String id = create(plain, "/Users", user("kept"));
        plain.delete("/Users/" + id).expect(204);
        plain.get("/Users/" + id).expect(404);
        assertThat(other.admin()
                        .realm(other.realm())
                        .get("/users/" + id)
                        .expect(200)
                        .json()
                        .get("enabled")
                        .asBoolean())
                .isFalse();
        other.api().delete("/default").expect(204);
        assertThat(other.api().get("/default").json().at("/policy/deletion").asText())
                .isEqualTo("delete");
    }

    private Http.Reply login(String name, String password) {
        return new Http(shared.server().baseUrl())
                .form(
                        "/realms/" + connections.realm() + "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                name,
                                "password",
                                password));
    }

    /** What the log's SCIM entries say was done with that user, the newest first. */
    private List<String> operations(String userId) {
        connections.log().awaitSealed();
        return connections.log().entries("kind=scim").stream()
                .filter(entry -> entry.toString().contains(userId))
                .map(entry -> entry.get("operation").asText())
                .toList();
    }

    private static List<String> ids(JsonNode page) {
        return page.get("Resources").findValues("id").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
