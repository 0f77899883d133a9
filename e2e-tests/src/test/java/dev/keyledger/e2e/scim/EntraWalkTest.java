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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What Entra ID does with people and groups, cycle after cycle. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntraWalkTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient entra = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        entra = ScimClient.connect(shared, shared.freshRealm("entra"));
        entra = new ScimClient(entra.http().with("Content-Type", "application/scim+json; charset=utf-8"));
    }

    @Test
    void theConnectionIsTestedWithUsersThatDoNotExist() {
        JsonNode none = entra.search("/Users", "userName eq \"" + UUID.randomUUID() + "\"");
        assertThat(none.get("totalResults").asInt()).isZero();
        assertThat(none.get("Resources")).isEmpty();
        assertThat(entra.search("/Users", "externalId eq \"" + UUID.randomUUID() + "\"")
                        .get("Resources"))
                .isEmpty();
        String byName = Http.encode("displayName eq \"" + UUID.randomUUID() + "\"");
        assertThat(entra.read("/Groups?excludedAttributes=members&filter=" + byName)
                        .get("Resources"))
                .isEmpty();
        assertError(entra.http().get("/Users/" + UUID.randomUUID()), 404, "");
    }

    @Test
    void aPersonIsMatchedCreatedAndFoundAgain() {
        JsonNode created = entra.create("/Users", person("Ada@Entra.example"));
        assertThat(created.get("userName").asText()).isEqualTo("Ada@Entra.example");
        assertThat(created.get("active").asBoolean()).isTrue();
        assertThat(created.at("/addresses/0/primary").isBoolean()).isTrue();
        assertThat(created.at("/roles")).isEmpty();

        String id = created.get("id").asText();
        assertThat(each(entra.search("/Users", "userName eq \"ada@entra.example\""), "id"))
                .containsExactly(id);
        assertThat(each(entra.search("/Users", "externalId eq \"ext-Ada@Entra.example\""), "id"))
                .containsExactly(id);
        assertThat(each(entra.search("/Users", "emails[type eq \"work\"].value eq \"ada@entra.example\""), "id"))
                .containsExactly(id);
    }

    @Test
    void oneCycleOfChangesInTheDialect() {
        String path = create("cycle@entra.example");
        JsonNode patched = entra.http()
                .patch(
                        path,
                        patch(
                                "{'op':'Replace','path':'displayName','value':'Changed'}",
                                "{'op':'Add','path':'name.givenName','value':'Grace'}",
                                "{'op':'Replace','path':'emails[type eq \"work\"].value','value':'new@entra.example'}",
                                "{'op':'Add','path':'phoneNumbers[type eq \"mobile\"].value','value':'+1 555 1'}",
                                "{'op':'Add','path':'ENT:department','value':'R&D'}"
                                        .replace("ENT", ScimClient.ENTERPRISE),
                                "{'op':'Add','path':'ENT:manager','value':'boss-1'}"
                                        .replace("ENT", ScimClient.ENTERPRISE),
                                "{'op':'Replace','path':'active','value':'False'}"))
                .expect(200)
                .json();

        assertThat(patched.get("displayName").asText()).isEqualTo("Changed");
        assertThat(patched.at("/name/givenName").asText()).isEqualTo("Grace");
        assertThat(patched.get("emails")).hasSize(1);
        assertThat(patched.at("/emails/0/value").asText()).isEqualTo("new@entra.example");
        assertThat(patched.get("phoneNumbers")).hasSize(1);
        assertThat(patched.at("/phoneNumbers/0")).isEqualTo(json("{'value':'+1 555 1','type':'mobile'}"));
        assertThat(patched.get(ScimClient.ENTERPRISE).get("department").asText())
                .isEqualTo("R&D");
        assertThat(patched.get(ScimClient.ENTERPRISE).at("/manager/value").asText())
                .isEqualTo("boss-1");
        assertThat(patched.get("active").booleanValue()).isFalse();
        assertThat(entra.read(path)).isEqualTo(patched);
    }

    @Test
    void aPersonIsSoftDeletedRestoredAndDeleted() {
        String path = create("soft@entra.example");
        entra.http()
                .patch(path, patch("{'op':'Replace','path':'active','value':'False'}"))
                .expect(200);
        assertThat(entra.search("/Users", "userName eq \"soft@entra.example\"")
                        .at("/Resources/0/active")
                        .asBoolean())
                .isFalse();
        entra.http()
                .patch(path, patch("{'op':'Replace','value':{'active':'True'}}"))
                .expect(200);
        assertThat(entra.read(path).get("active").asBoolean()).isTrue();
        entra.http().delete(path).expect(204);
        assertError(entra.http().get(path), 404, "");
    }

    @Test
    void membersComeAndGoOneByOneInTheDialect() {
        String one = id(create("one@entra.example"));
        String two = id(create("two@entra.example"));
        String three = id(create("three@entra.example"));
        JsonNode group = entra.create(
                "/Groups", ScimClient.group("Entra group").put("externalId", "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"));
        String path = "/Groups/" + group.get("id").asText();
        for (String id : List.of(one, two, three)) {
            entra.http()
                    .patch(path, patch("{'op':'Add','path':'members','value':[{'value':'" + id + "'}]}"))
                    .expect(200, 204);
        }
        assertThat(members(path)).containsExactlyInAnyOrder(one, two, three);

        String legacy = "{'op':'Remove','path':'members','value':[{'$ref':null,'value':'" + one + "'}]}";
        entra.http().patch(path, patch(legacy)).expect(200, 204);
        assertThat(members(path)).containsExactlyInAnyOrder(two, three);
        String single = "{'op':'Remove','path':'members','value':{'value':'" + two + "'}}";
        entra.http().patch(path, patch(single)).expect(200, 204);
        assertThat(members(path)).containsExactly(three);
        entra.http()
                .patch(path, patch("{'op':'Add','path':'members','value':'" + two + "'}"))
                .expect(200, 204);
        String byFilter = "{'op':'Remove','path':'members[value eq \"" + two + "\"]'}";
        entra.http().patch(path, patch(byFilter)).expect(200, 204);
        assertThat(members(path)).containsExactly(three);

        JsonNode found = entra.read("/Groups?excludedAttributes=members&filter="
                + Http.encode("externalId eq \"8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159\""));
        assertThat(each(found, "displayName")).containsExactly("Entra group");
        assertThat(found.at("/Resources/0").has("members")).isFalse();
        String member = Http.encode("id eq \"" + id(path) + "\" and members eq \"" + three + "\"");
        assertThat(entra.read("/Groups?attributes=id&filter=" + member)
                        .get("totalResults")
                        .asInt())
                .isOne();
    }

    private String create(String login) {
        return "/Users/" + entra.create("/Users", person(login)).get("id").asText();
    }

    private List<String> members(String path) {
        List<String> ids = new ArrayList<>();
        entra.read(path)
                .path("members")
                .forEach(member -> ids.add(member.get("value").asText()));
        return ids;
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Entra's body for a new person: an extension that is named and empty, a meta, texts for booleans. */
    static ObjectNode person(String login) {
        return json("""
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId":"ext-LOGIN","userName":"LOGIN","active":"True",
                 "addresses":[{"primary":"False","type":"work","country":"US","locality":"Redmond"}],
                 "displayName":"A Person","emails":[{"primary":true,"type":"work","value":"LOGIN"}],
                 "meta":{"resourceType":"User"},"name":{"formatted":"A Person","familyName":"Person","givenName":"A"},
                 "preferredLanguage":"en-US","roles":[],"title":null}
                """.replace("LOGIN", login));
    }
}
