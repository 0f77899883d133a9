package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change that SCIM did not make does to {@code meta}: of the resource that changed, and of no other. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModifiedOutsideTest {
    private static final String PASSWORD = "Outside-1";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));
    private Http admin = new Http("");

    @BeforeParameterizedClassInvocation
    void makeRealm() {
        realm = shared.freshRealm("modified");
        scim = ScimClient.connect(shared, realm);
        admin = shared.admin().realm(realm);
    }

    @Test
    void anAdminsEditOfAUserMovesItAndAStaleClientIsRefused() {
        String path = "/Users/" + scim.createUser("edited");
        JsonNode before = scim.read(path);
        ObjectNode user = (ObjectNode) admin.get("/users/" + id(path)).json();
        admin.put("/users/" + id(path), user).expect(204);
        assertThat(scim.read(path)).as("what changes nothing moves nothing").isEqualTo(before);

        admin.put("/users/" + id(path), user.put("firstName", "Edited")).expect(204);
        JsonNode edited = scim.read(path);
        assertThat(edited.at("/name/givenName").asText()).isEqualTo("Edited");
        assertMoved(before, edited);
        Http stale = scim.http().with("If-Match", before.at("/meta/version").asText());
        assertError(stale.patch(path, patch("{'op':'replace','path':'title','value':'Lost'}")), 412, "");
        assertThat(scim.read(path)).as("it moves once for each change").isEqualTo(edited);
    }

    @Test
    void attributesThatAnAdminSetsAndRemovesAreChangesOfTheUser() {
        admin.put(
                        "/users/profile",
                        ((ObjectNode) admin.get("/users/profile").json()).put("unmanagedAttributePolicy", "ENABLED"))
                .expect(200);
        String path = "/Users/" + scim.createUser("titled");
        JsonNode untitled = scim.read(path);
        ObjectNode user = (ObjectNode) admin.get("/users/" + id(path)).json();
        user.putObject("attributes").putArray("title").add("Pilot");
        admin.put("/users/" + id(path), user).expect(204);
        JsonNode titled = scim.read(path);
        assertThat(titled.get("title").asText()).isEqualTo("Pilot");
        assertMoved(untitled, titled);
        user.putObject("attributes");
        admin.put("/users/" + id(path), user).expect(204);
        assertThat(scim.read(path).has("title")).isFalse();
        assertLater(titled, scim.read(path));
    }

    @Test
    void aPasswordIsAChangeAndALoginIsNone() {
        String path = "/Users/" + scim.createUser("loyal");
        JsonNode before = scim.read(path);
        admin.put("/users/" + id(path) + "/reset-password", json("{'type':'password','value':'" + PASSWORD + "'}"))
                .expect(204);
        JsonNode after = scim.read(path);
        assertLater(before, after);
        login("loyal");
        assertThat(scim.read(path)).isEqualTo(after);
    }

    @Test
    void whatUsersChangeAboutThemselvesMovesThem() {
        String path = "/Users/" + shared.admin().createUser(realm, "selfmade", PASSWORD);
        JsonNode before = scim.read(path);
        Http account = new Http(shared.server().baseUrl() + "/realms/" + realm + "/account")
                .with("Accept", "application/json")
                .bearer(login("selfmade"));
        ObjectNode own = (ObjectNode)
                account.get("/?userProfileMetadata=false").expect(200).json();
        account.post("/", own.put("lastName", "Made")).expect(204);
        JsonNode after = scim.read(path);
        assertThat(after.at("/name/familyName").asText()).isEqualTo("Made");
        assertMoved(before, after);
    }

    @Test
    void joiningAndLeavingByTheAdminApiMovesTheGroupOnly() {
        String user = scim.createUser("joiner");
        String path = "/Groups/" + groupId("Joined");
        String other = "/Groups/" + groupId("Not joined");
        JsonNode otherBefore = scim.read(other);
        JsonNode userBefore = scim.read("/Users/" + user);
        JsonNode empty = scim.read(path);

        Http membership = admin.below("/users/" + user + "/groups/" + id(path));
        membership.put("", json("{}")).expect(204);
        JsonNode joined = scim.read(path);
        assertThat(joined.at("/members/0/value").asText()).isEqualTo(user);
        assertMoved(empty, joined);
        membership.put("", json("{}")).expect(204);
        assertThat(scim.read(path)).as("joining twice is joining once").isEqualTo(joined);

        membership.delete("").expect(204);
        JsonNode left = scim.read(path);
        assertMoved(joined, left);
        assertThat(left.at("/meta/version")).isNotEqualTo(empty.at("/meta/version"));
        Http stale = scim.http().with("If-Match", empty.at("/meta/version").asText());
        assertError(stale.put(path, group("Lost")), 412, "");
        assertThat(scim.read(other)).isEqualTo(otherBefore);
        assertThat(scim.read("/Users/" + user)).isEqualTo(userBefore);
    }

    @Test
    void anAdminsEditOfAGroupMovesIt() {
        String path = "/Groups/" + groupId("Renamed");
        JsonNode before = scim.read(path);
        ObjectNode group = (ObjectNode) admin.get("/groups/" + id(path)).json();
        admin.put("/groups/" + id(path), group).expect(204);
        assertThat(scim.read(path)).as("what changes nothing moves nothing").isEqualTo(before);
        admin.put("/groups/" + id(path), group.put("name", "Renamed again")).expect(204);
        assertMoved(before, scim.read(path));
    }

    @Test
    void aDeletedUserMovesHisGroups() {
        String user = scim.createUser("leaver");
        String byScim = "/Groups/" + groupId("Left by SCIM", user);
        JsonNode before = scim.read(byScim);
        scim.http().delete("/Users/" + user).expect(204);
        assertMoved(before, scim.read(byScim));

        String second = scim.createUser("leaver-2");
        String byAdmin = "/Groups/" + groupId("Left by an admin", second);
        before = scim.read(byAdmin);
        admin.delete("/users/" + second).expect(204);
        assertMoved(before, scim.read(byAdmin));
        assertThat(scim.read(byAdmin).has("members")).isFalse();
    }

    @Test
    void scimsOwnChangesMoveOnceAndAlwaysForward() {
        String path = "/Groups/" + groupId("Forward");
        JsonNode last = scim.read(path);
        for (int i = 0; i < 5; i++) {
            JsonNode answered = scim.http()
                    .patch(
                            path + "?attributes=displayName,meta",
                            patch("{'op':'replace','path':'displayName','value':'F" + i % 2 + "'}"))
                    .expect(200)
                    .json();
            assertMoved(last, answered);
            last = scim.read(path);
            assertThat(last.get("meta")).as("what was answered is what is kept").isEqualTo(answered.get("meta"));
        }
    }

    private static void assertMoved(JsonNode before, JsonNode after) {
        assertLater(before, after);
        assertThat(after.at("/meta/version")).isNotEqualTo(before.at("/meta/version"));
    }

    private static void assertLater(JsonNode before, JsonNode after) {
        assertThat(Instant.parse(after.at("/meta/lastModified").asText()))
                .isAfter(Instant.parse(before.at("/meta/lastModified").asText()));
        assertThat(after.at("/meta/created")).isEqualTo(before.at("/meta/created"));
    }

    private String groupId(String name, String... members) {
        return scim.create("/Groups", group(name, members)).get("id").asText();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String login(String username) {
        if (admin.get("/clients?clientId=app").json().isEmpty()) {
            admin.post("/clients", json("{'clientId':'app','publicClient':true,'directAccessGrantsEnabled':true}"))
                    .expect(201);
        }
        return shared.admin()
                .login(realm, "app", username, PASSWORD)
                .expect(200)
                .json()
                .get("access_token")
                .asText();
    }
}
