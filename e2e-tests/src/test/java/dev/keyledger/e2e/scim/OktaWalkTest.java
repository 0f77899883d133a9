package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What Okta sends, in its own words: the test of the connection, the life of a user, and Group Push. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OktaWalkTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient okta = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("okta");
        okta = ScimClient.connect(shared, realm);
        okta = new ScimClient(okta.http().with("Accept", "application/scim+json"));
    }

    @Test
    void theConnectionIsTested() {
        okta.createUser("somebody");
        JsonNode two = okta.read("/Users?startIndex=1&count=2");
        assertThat(two.get("Resources")).isNotEmpty();
        assertThat(two.get("itemsPerPage").asInt()).isBetween(1, 2);
        assertThat(two.get("startIndex").asInt()).isEqualTo(1);
        assertThat(two.at("/schemas/0").asText()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        JsonNode first = two.at("/Resources/0");
        assertThat(List.of("id", "userName", "name", "active", "emails")).allMatch(first::has);

        okta.read("/Users?count=1&startIndex=1");
        assertError(okta.http().get("/Users/010101001010101011001010101011"), 404, "");
        assertThat(okta.read("/Groups?startIndex=1&count=100").has("Resources")).isTrue();
    }

    @Test
    void aPersonComesAndGoesByPut() {
        assertThat(find("jane.put@example.com")).isEmpty();
        ObjectNode sent = oktaUser("jane.put@example.com");
        JsonNode created = okta.create("/Users", sent);
        String path = "/Users/" + created.get("id").asText();
        assertThat(created.has("password")).isFalse();
        assertThat(created.get("externalId").asText()).isEqualTo("00u-jane.put@example.com");
        assertThat(find("jane.put@example.com"))
                .containsExactly(created.get("id").asText());

        // Okta sends back what it read, with its changes in it: id, meta and empty groups are among it
        ObjectNode profile = okta.read(path).deepCopy();
        profile.putArray("groups");
        ((ObjectNode) profile.get("name")).put("familyName", "Married");
        JsonNode updated = okta.http().put(path, profile).expect(200).json();
        assertThat(updated.at("/name/familyName").asText()).isEqualTo("Married");
        assertThat(updated.get("id")).isEqualTo(created.get("id"));

        okta.http().put(path, profile.put("active", false)).expect(200);
        assertThat(okta.read(path).get("active").asBoolean()).isFalse();
        okta.http().put(path, profile.put("active", true)).expect(200);
        assertThat(okta.read(path).get("active").asBoolean()).isTrue();
    }

    @Test
    void anotherIdInTheBodyDoesNotRedirectAPut() {
        String victim = okta.createUser("put-victim");
        JsonNode before = okta.read("/Users/" + victim);
        String path = "/Users/" + okta.createUser("put-own");
        ObjectNode body = ScimClient.user("put-own").put("id", victim).put("title", "Mine");

        assertThat(okta.http().put(path, body).expect(200).json().get("title").asText())
                .isEqualTo("Mine");
        assertThat(okta.read("/Users/" + victim)).isEqualTo(before);
    }

    @Test
    void aPersonIsDeactivatedByAPatchWithoutAPath() {
        String path = "/Users/"
                + okta.create("/Users", oktaUser("jane.patch@example.com"))
                        .get("id")
                        .asText();
        JsonNode patched = okta.http()
                .patch(path, patch("{'op':'replace','value':{'active':false}}"))
                .expect(200)
                .json();
        assertThat(patched.get("active").asBoolean()).isFalse();

        okta.http()
                .patch(path, patch("{'op':'replace','value':{'active':true}}"))
                .expect(200);
        assertThat(okta.read(path).get("active").asBoolean()).isTrue();
    }

    @Test
    void aPasswordIsPushedByAPatchWithoutAPath() {
        String path = "/Users/"
                + okta.create("/Users", oktaUser("jane.secret@example.com"))
                        .get("id")
                        .asText();
        okta.http()
                .patch(path, patch("{'op':'replace','value':{'password':'Pushed-Secret-1'}}"))
                .expect(200);
        assertThat(shared.admin()
                        .login(realm, "admin-cli", "jane.secret@example.com", "Pushed-Secret-1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPersonWhoIsThereAlreadyIsAConflictThatOktaUnderstands() {
        okta.create("/Users", oktaUser("twice@example.com"));
        Http.Reply refused = okta.http().post("/Users", oktaUser("twice@example.com"));

        assertError(refused, 409, "uniqueness");
        assertThat(refused.json().get("status").isTextual()).isTrue();
    }

    @Test
    void aGroupIsPushedRenamedAndDeleted() {
        String one = okta.createUser("push-one");
        String two = okta.createUser("push-two");
        assertThat(each(okta.search("/Groups", "displayName eq \"Pushed\""), "id"))
                .isEmpty();
        ObjectNode group = ScimClient.group("Pushed", one);
        ((ObjectNode) group.at("/members/0")).put("display", "push-one@example.com");
        JsonNode created = okta.create("/Groups", group);
        String path = "/Groups/" + created.get("id").asText();
        assertThat(memberIds(path)).containsExactly(one);

        okta.http()
                .patch(
                        path,
                        patch("{'op':'replace','value':{'id':'"
                                + created.get("id").asText() + "','displayName':'Pushed again'}}"))
                .expect(200, 204);
        assertThat(okta.read(path).get("displayName").asText()).isEqualTo("Pushed again");

        okta.http()
                .patch(
                        path,
                        patch(
                                "{'op':'remove','path':'members[value eq \"" + one + "\"]'}",
                                "{'op':'add','path':'members','value':[{'value':'" + two + "','display':'push-two'}]}"))
                .expect(200, 204);
        assertThat(memberIds(path)).containsExactly(two);

        okta.http().delete(path).expect(204);
        assertError(okta.http().get(path), 404, "");
    }

    @Test
    void aGroupIsPushedAsAWhole() {
        String one = okta.createUser("whole-one");
        String two = okta.createUser("whole-two");
        String three = okta.createUser("whole-three");
        String path = "/Groups/"
                + okta.create("/Groups", ScimClient.group("Whole", one))
                        .get("id")
                        .asText();

        okta.http().put(path, ScimClient.group("Whole", two, three)).expect(200);
        assertThat(memberIds(path)).containsExactlyInAnyOrder(two, three);

        okta.http()
                .patch(
                        path,
                        patch("{'op':'replace','path':'members','value':[{'value':'" + one + "'},{'value':'" + two
                                + "'}]}"))
                .expect(200, 204);
        assertThat(memberIds(path)).containsExactlyInAnyOrder(one, two);

        okta.http()
                .patch(path, patch("{'op':'replace','path':'members','value':[]}"))
                .expect(200, 204);
        assertThat(memberIds(path)).isEmpty();
    }

    @Test
    void aMemberThatIsNoUserIsRefusedAndNobodyJoins() {
        String one = okta.createUser("half-one");
        String path = "/Groups/"
                + okta.create("/Groups", ScimClient.group("Half")).get("id").asText();
        ObjectNode add =
                patch("{'op':'add','path':'members','value':[{'value':'" + one + "'},{'value':'no-such-user'}]}");

        assertError(okta.http().patch(path, add), 400, "invalidValue");
        assertThat(memberIds(path)).isEmpty();
    }

    private List<String> find(String userName) {
        return each(
                okta.read(
                        "/Users?filter=" + Http.encode("userName eq \"" + userName + "\"") + "&startIndex=1&count=100"),
                "id");
    }

    private List<String> memberIds(String path) {
        List<String> ids = new java.util.ArrayList<>();
        okta.read(path)
                .path("members")
                .forEach(member -> ids.add(member.get("value").asText()));
        return ids;
    }

    /** Okta's body for a new person: a random password even where none is synchronized, and empty groups. */
    private static ObjectNode oktaUser(String login) {
        return json("""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"LOGIN",
                 "name":{"givenName":"Jane","familyName":"Doe"},
                 "emails":[{"primary":true,"value":"LOGIN","type":"work"}],
                 "displayName":"Jane Doe","locale":"en-US","externalId":"00u-LOGIN",
                 "groups":[],"password":"1mz050nq","active":true}
                """.replace("LOGIN", login));
    }
}
