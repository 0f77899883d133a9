package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a User resource: created, read, replaced, patched, deleted, with every attribute that the schemas have. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserWalkTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("user-walk");
        scim = ScimClient.connect(shared, realm);
    }

    @Test
    void everyAttributeOfTheSchemasComesBackExactly() {
        ObjectNode sent = FullUser.named("full.User@Example.com");
        JsonNode created = scim.create("/Users", sent);
        JsonNode read = scim.read("/Users/" + created.get("id").asText());

        assertThat(read).isEqualTo(created);
        assertThat(ownWords(read)).isEqualTo(sent);
    }

    @Test
    void everyAttributeComesBackAfterAPutToo() {
        String path = "/Users/" + scim.createUser("put-all");
        ObjectNode sent = FullUser.named("Put-All");
        JsonNode replaced = scim.http().put(path, sent).expect(200).json();

        assertThat(ownWords(replaced)).isEqualTo(sent);
        assertThat(scim.read(path)).isEqualTo(replaced);
    }

    @Test
    void whatAPutLeavesOutIsUnassigned() {
        String path = "/Users/"
                + scim.create("/Users", FullUser.named("emptied")).get("id").asText();
        ObjectNode bare = json("{'schemas':['" + ScimClient.USER + "'],'userName':'emptied','active':true}");
        JsonNode replaced = scim.http().put(path, bare).expect(200).json();

        assertThat(ownWords(replaced)).isEqualTo(bare);
        assertThat(scim.read(path)).isEqualTo(replaced);
    }

    @Test
    void aUserWhoseActiveIsRemovedIsNeitherActiveNorInactive() {
        String id = scim.createUser("unassigned");
        JsonNode removed = scim.http()
                .patch("/Users/" + id, patch("{'op':'remove','path':'active'}"))
                .expect(200)
                .json();
        assertThat(removed.has("active")).isFalse();
        assertThat(scim.read("/Users/" + id)).isEqualTo(removed);
        assertThat(shared.admin()
                        .realm(realm)
                        .get("/users/" + id)
                        .expect(200)
                        .json()
                        .get("enabled")
                        .asBoolean())
                .isFalse();
        String none = "id eq \"" + id + "\" and (active pr or active eq true or active eq false)";
        assertThat(scim.search("/Users", none).get("totalResults").asInt()).isZero();
        scim.http()
                .patch("/Users/" + id, patch("{'op':'add','path':'active','value':true}"))
                .expect(200);
        assertThat(scim.search("/Users", none).get("totalResults").asInt()).isOne();
    }

    @Test
    void aCreatedUserHasAPlaceAndAHistory() {
        Instant before = Instant.now().minusSeconds(2);
        Http.Reply created = scim.http().post("/Users", user("placed")).expect(201);
        JsonNode meta = created.json().get("meta");

        String location =
                scim.http().base() + "/Users/" + created.json().get("id").asText();
        assertThat(created.header("Location")).hasValue(location);
        assertThat(created.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/scim+json"));
        assertThat(created.header("ETag")).hasValue(meta.get("version").asText());
        assertThat(meta.get("location").asText()).isEqualTo(location);
        assertThat(meta.get("resourceType").asText()).isEqualTo("User");
        assertThat(Instant.parse(meta.get("created").asText()))
                .isBetween(before, Instant.now().plusSeconds(2));
        assertThat(created.json().get("schemas")).hasSize(1);
    }

    @Test
    void aUserWithoutActiveIsActive() {
        ObjectNode silent = user("silent");
        silent.remove("active");
        assertThat(scim.create("/Users", silent).get("active").asBoolean()).isTrue();
    }

    @Test
    void everyChangeMovesTheVersionAndTheTimeOfChange() {
        JsonNode created = scim.create("/Users", user("moving"));
        String path = "/Users/" + created.get("id").asText();
        JsonNode patched = scim.http()
                .patch(path, patch("{'op':'replace','path':'name.givenName','value':'Moved'}"))
                .expect(200)
                .json();
        JsonNode replaced = scim.http().put(path, user("moving")).expect(200).json();

        assertThat(patched.at("/meta/version")).isNotEqualTo(created.at("/meta/version"));
        assertThat(replaced.at("/meta/version")).isNotEqualTo(patched.at("/meta/version"));
        assertThat(List.of(time(created), time(patched), time(replaced)))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(replaced.at("/meta/created")).isEqualTo(created.at("/meta/created"));
    }

    @Test
    void aRequestThatChangesNothingMovesNothing() {
        JsonNode created = scim.create("/Users", user("still"));
        String path = "/Users/" + created.get("id").asText();

        assertThat(scim.http().put(path, user("still")).expect(200).json()).isEqualTo(created);
        assertThat(scim.http()
                        .patch(path, patch("{'op':'replace','path':'active','value':true}"))
                        .expect(200)
                        .json())
                .isEqualTo(created);
    }

    @Test
    void aChangeIsMadeOnlyToTheVersionThatTheClientKnows() {
        JsonNode created = scim.create("/Users", user("versioned"));
        String path = "/Users/" + created.get("id").asText();
        String first = created.at("/meta/version").asText();
        ObjectNode change = patch("{'op':'add','path':'title','value':'Second'}");
        scim.http().with("If-Match", first).patch(path, change).expect(200);
        JsonNode second = scim.read(path);

        Http stale = scim.http().with("If-Match", first);
        assertError(stale.patch(path, patch("{'op':'add','path':'title','value':'Third'}")), 412, "");
        assertError(stale.put(path, user("versioned")), 412, "");
        assertError(stale.delete(path), 412, "");
        assertThat(scim.read(path)).isEqualTo(second);
        scim.http()
                .with("If-Match", "\"other\", " + second.at("/meta/version").asText())
                .delete(path)
                .expect(204);
    }

    @Test
    void whatTheClientHasAlreadyIsNotSentAgain() {
        JsonNode created = scim.create("/Users", user("cached"));
        String path = "/Users/" + created.get("id").asText();
        Http conditional =
                scim.http().with("If-None-Match", created.at("/meta/version").asText());
        Http.Reply unchanged = conditional.get(path).expect(304);

        assertThat(unchanged.text()).isEmpty();
        assertThat(unchanged.header("ETag"))
                .hasValue(created.at("/meta/version").asText());
        scim.http()
                .patch(path, patch("{'op':'add','path':'title','value':'New'}"))
                .expect(200);
        assertThat(conditional.get(path).expect(200).json().get("title").asText())
                .isEqualTo("New");
    }

    @Test
    void aTakenUserNameOrAddressIsAConflict() {
        scim.createUser("first");
        String second = scim.createUser("second");
        ObjectNode sameName = user("FIRST");
        ObjectNode sameAddress = user("third");
        sameAddress
                .putArray("emails")
                .addObject()
                .put("value", "First@Example.com")
                .put("primary", true);

        assertError(scim.http().post("/Users", sameName), 409, "uniqueness");
        assertError(scim.http().post("/Users", sameAddress), 409, "uniqueness");
        assertError(scim.http().put("/Users/" + second, sameName), 409, "uniqueness");
        ObjectNode rename = patch("{'op':'replace','path':'userName','value':'first'}");
        assertError(scim.http().patch("/Users/" + second, rename), 409, "uniqueness");
        assertThat(scim.read("/Users/" + second).get("userName").asText()).isEqualTo("second");
    }

    @Test
    void aDeletedUserIsGone() {
        String path = "/Users/" + scim.createUser("gone");
        Http.Reply deleted = scim.http().delete(path).expect(204);

        assertThat(deleted.text()).isEmpty();
        assertError(scim.http().get(path), 404, "");
        assertError(scim.http().delete(path), 404, "");
        assertError(scim.http().put(path, user("gone")), 404, "");
        assertThat(scim.search("/Users", "userName eq \"gone\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
        scim.createUser("gone");
    }

    @Test
    void onlyTheAttributesAskedForAreShown() {
        String path = "/Users/"
                + scim.create("/Users", FullUser.named("projected")).get("id").asText();

        assertThat(scim.read(path + "?attributes=userName,name.givenName").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("schemas", "id", "userName", "name");
        assertThat(scim.read(path + "?attributes=name.givenName").get("name").fieldNames())
                .toIterable()
                .containsExactly("givenName");
        JsonNode without = scim.read(path + "?excludedAttributes=emails,id," + ScimClient.ENTERPRISE + ":manager");
        assertThat(without.has("emails")).isFalse();
        assertThat(without.has("id")).isTrue();
        assertThat(without.get(ScimClient.ENTERPRISE).has("manager")).isFalse();
        assertThat(without.get(ScimClient.ENTERPRISE).has("department")).isTrue();
    }

    @Test
    void aPasswordIsSetAndNeverShown() {
        Http.Reply created = scim.http().post("/Users", user("secretive").put("password", "First-Secret-1"));
        String path = "/Users/" + created.expect(201).json().get("id").asText();
        assertThat(login("secretive", "First-Secret-1")).isEqualTo(200);
        Http.Reply patched =
                scim.http().patch(path, patch("{'op':'replace','path':'password','value':'Second-Secret-2'}"));

        assertThat(created.text() + patched.expect(200).text()).doesNotContain("Secret-", "password");
        assertThat(login("secretive", "Second-Secret-2")).isEqualTo(200);
        assertThat(login("secretive", "First-Secret-1")).isNotEqualTo(200);
    }

    @Test
    void aDisabledUserLosesItsSessions() {
        JsonNode leaver = scim.create("/Users", user("leaver").put("password", "Leaver-Secret-1"));
        String id = leaver.get("id").asText();
        JsonNode tokens = shared.admin()
                .login(realm, "admin-cli", "leaver", "Leaver-Secret-1")
                .expect(200)
                .json();
        assertThat(shared.admin().realm(realm).get("/users/" + id + "/sessions").json())
                .hasSize(1);
        scim.http()
                .patch("/Users/" + id, patch("{'op':'replace','value':{'active':false}}"))
                .expect(200);

        assertThat(shared.admin().realm(realm).get("/users/" + id + "/sessions").json())
                .isEmpty();
        Http.Reply refreshed = new Http(shared.server().baseUrl() + "/realms/" + realm)
                .form(
                        "/protocol/openid-connect/token",
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "admin-cli",
                                "refresh_token", tokens.get("refresh_token").asText()));
        assertThat(refreshed.status()).isEqualTo(400);
        assertThat(login("leaver", "Leaver-Secret-1")).isEqualTo(400);
    }

    private int login(String userName, String password) {
        return shared.admin().login(realm, "admin-cli", userName, password).status();
    }

    private static Instant time(JsonNode resource) {
        return Instant.parse(resource.at("/meta/lastModified").asText());
    }

    /** The resource without what only the service provider says. */
    private static ObjectNode ownWords(JsonNode resource) {
        ObjectNode own = resource.deepCopy();
        return own.remove(List.of("id", "meta"));
    }
}
