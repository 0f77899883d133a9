package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A realm's user profile as an extension schema: what it defines, and what its policy says of the rest. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealmSchemaTest {
    private static final String REALM = "urn:keycloak:params:scim:schemas:extension:realm:1.0:User";
    private static final String OPEN = "'permissions':{'view':['admin'],'edit':['admin']}";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("realm-schema");
        scim = ScimClient.connect(shared, realm);
        profile(
                realm,
                "",
                "{'name':'badge','displayName':'Badge number'," + OPEN + "}",
                "{'name':'floor','validations':{'integer':{'min':'-3','max':'400'}}," + OPEN + "}",
                "{'name':'quota','validations':{'double':{}}," + OPEN + "}",
                "{'name':'site','multivalued':true,'validations':{'options':{'options':['Berlin','Rome','Oslo']}},"
                        + OPEN + "}",
                "{'name':'clearance','permissions':{'view':['admin'],'edit':['user']}}",
                "{'name':'jobTitle','annotations':{'kc.scim.schema.attribute':'title'}," + OPEN + "}",
                "{'name':'department','validations':{'length':{'max':20}}," + OPEN + "}");
    }

    @Test
    void theProfilesAttributesAreDescribedAndAdvertised() {
        JsonNode schema = scim.read("/Schemas/" + REALM);
        assertThat(schema.at("/attributes").findValuesAsText("name"))
                .containsExactly("badge", "clearance", "floor", "quota", "site");
        assertThat(attribute(schema, "floor").get("type").asText()).isEqualTo("integer");
        assertThat(attribute(schema, "site").get("multiValued").asBoolean()).isTrue();
        assertThat(attribute(schema, "site").get("canonicalValues")).hasSize(3);
        assertThat(attribute(schema, "clearance").get("mutability").asText()).isEqualTo("readOnly");
        assertThat(attribute(schema, "badge").get("description").asText()).isEqualTo("Badge number.");

        assertThat(scim.read("/ResourceTypes/User").at("/schemaExtensions").findValuesAsText("schema"))
                .containsExactly(ScimClient.ENTERPRISE, REALM);
        assertThat(scim.read("/Schemas").get("Resources").findValuesAsText("id"))
                .contains(REALM);
    }

    @Test
    void valuesComeBackWithTheirTypes() {
        ObjectNode sent = user("typed");
        sent.set(REALM, json("{'badge':'B-1','floor':7,'quota':1.5,'site':['Rome','Berlin']}"));
        sent.put("title", "Baker");
        JsonNode created = scim.create("/Users", sent);

        assertThat(created.get("schemas")).hasSize(2);
        assertThat(created.get(REALM)).isEqualTo(sent.get(REALM));
        assertThat(scim.read("/Users/" + created.get("id").asText())).isEqualTo(created);
        JsonNode attributes = attributesOf(created.get("id").asText());
        assertThat(attributes.at("/floor/0").asText()).isEqualTo("7");
        assertThat(attributes.at("/site")).hasSize(2);
        assertThat(attributes.at("/jobTitle/0").asText()).isEqualTo("Baker");
        assertThat(attributes.has("title")).isFalse();
    }

    @Test
    void everyPartIsPatchedByItsFullPath() {
        ObjectNode sent = user("patched");
        sent.set(REALM, json("{'badge':'B-2','site':['Rome']}"));
        String path = "/Users/" + scim.create("/Users", sent).get("id").asText();
        JsonNode patched = scim.http()
                .patch(
                        path,
                        patch(
                                "{'op':'replace','path':'" + REALM + ":floor','value':12}",
                                "{'op':'add','path':'" + REALM + ":site','value':['Oslo']}",
                                "{'op':'remove','path':'" + REALM + ":badge'}",
                                "{'op':'add','value':{'" + REALM + ":quota':2}}"))
                .expect(200)
                .json();

        assertThat(patched.get(REALM)).isEqualTo(json("{'floor':12,'quota':2,'site':['Rome','Oslo']}"));
        assertThat(scim.read(path + "?attributes=" + REALM + ":floor").get(REALM))
                .isEqualTo(json("{'floor':12}"));
        assertThat(scim.read(path + "?excludedAttributes=" + REALM + ":floor")
                        .get(REALM)
                        .has("floor"))
                .isFalse();
        JsonNode removed = scim.http()
                .patch(path, patch("{'op':'remove','path':'" + REALM + "'}"))
                .expect(200)
                .json();
        assertThat(removed.has(REALM)).isFalse();
    }

    @Test
    void aPutLeavesTheExtensionAloneUnlessItHasIt() {
        ObjectNode sent = user("put");
        sent.set(REALM, json("{'badge':'B-3','floor':1}"));
        String path = "/Users/" + scim.create("/Users", sent).get("id").asText();

        JsonNode unaware = scim.http().put(path, user("put")).expect(200).json();
        assertThat(unaware.get(REALM)).isEqualTo(sent.get(REALM));
        ObjectNode aware = user("put");
        aware.set(REALM, json("{'floor':2}"));
        assertThat(scim.http().put(path, aware).expect(200).json().get(REALM)).isEqualTo(aware.get(REALM));
    }

    @Test
    void usersAreFoundAndSortedByTheProfilesAttributes() {
        for (int floor : new int[] {9, 10, 100}) {
            ObjectNode sent = user("found-" + floor);
            sent.set(REALM, json("{'badge':'F" + floor + "','floor':" + floor + ",'site':['Oslo','Rome']}"));
            scim.create("/Users", sent);
        }
        String found = "userName sw \"found\" and ";

        assertThat(each(scim.search("/Users", found + REALM + ":badge eq \"F10\""), "userName"))
                .containsExactly("found-10");
        assertThat(each(scim.search("/Users", found + REALM + ":badge eq \"f10\""), "userName"))
                .isEmpty();
        assertThat(each(scim.search("/Users", found + REALM + ":floor gt 9"), "userName"))
                .containsExactlyInAnyOrder("found-10", "found-100");
        assertThat(each(scim.search("/Users", found + REALM + ":floor le 10"), "userName"))
                .containsExactlyInAnyOrder("found-9", "found-10");
        assertThat(each(scim.search("/Users", found + REALM + ":site eq \"Rome\""), "userName"))
                .hasSize(3);
        assertThat(each(scim.search("/Users", found + "schemas eq \"" + REALM + "\""), "userName"))
                .hasSize(3);
        assertThat(each(scim.search("/Users", found + "not (" + REALM + ":quota pr)"), "userName"))
                .hasSize(3);
        assertThat(each(
                        scim.read("/Users?filter=" + Http.encode("userName sw \"found\"")
                                + "&sortOrder=descending&sortBy=" + REALM + ":floor"),
                        "userName"))
                .containsExactly("found-100", "found-10", "found-9");
        assertError(scim.http().get("/Users?filter=" + Http.encode(REALM + ":nothing pr")), 400, "invalidFilter");
    }

    @Test
    void theProfileJudgesAndSaysWhichAttributeItRefuses() {
        ObjectNode sent = user("refused");
        sent.set(REALM, json("{'site':['Paris']}"));
        Http.Reply refused = scim.http().post("/Users", sent);
        assertError(refused, 400, "invalidValue");
        assertThat(refused.json().get("detail").asText()).contains(REALM + ":site");

        String path = "/Users/" + scim.createUser("refused");
        Http.Reply tooLong = scim.http()
                .patch(
                        path,
                        patch("{'op':'add','path':'" + ScimClient.ENTERPRISE + ":department','value':'" + "x".repeat(21)
                                + "'}"));
        assertError(tooLong, 400, "invalidValue");
        assertThat(tooLong.json().get("detail").asText()).contains(ScimClient.ENTERPRISE + ":department");
        assertError(
                scim.http().patch(path, patch("{'op':'add','path':'" + REALM + ":floor','value':'high'}")),
                400,
                "invalidValue");
        assertError(
                scim.http().patch(path, patch("{'op':'add','path':'" + REALM + ":clearance','value':'top'}")),
                400,
                "mutability");
        assertThat(scim.read(path).has(REALM)).isFalse();
    }

    @Test
    void aChangedProfileIsAChangedSchemaAtTheNextRequest() {
        String own = shared.freshRealm("changing-schema");
        ScimClient client = ScimClient.connect(shared, own);
        assertError(client.http().get("/Schemas/" + REALM), 404, "");
        profile(own, "", "{'name':'badge'," + OPEN + "}");
        assertThat(client.read("/Schemas/" + REALM).get("attributes")).hasSize(1);
        profile(own, "", "{'name':'badge'," + OPEN + "}", "{'name':'desk'," + OPEN + "}");
        assertThat(client.read("/Schemas/" + REALM).get("attributes")).hasSize(2);
    }

    @Test
    void unmanagedAttributesAreWhatTheRealmsPolicySays() {
        String own = shared.freshRealm("unmanaged");
        ScimClient client = ScimClient.connect(shared, own);
        profile(own, "ADMIN_EDIT");
        ObjectNode sent = user("free");
        sent.set(REALM, json("{'costKey':'4711','languages':['de','it']}"));
        ((ObjectNode) sent.at("/emails/0")).put("display", "With a shape of its own");
        JsonNode created = client.create("/Users", sent);
        String id = created.get("id").asText();
        assertThat(created.get(REALM)).isEqualTo(json("{'costKey':['4711'],'languages':['de','it']}"));

        JsonNode patched = client.http()
                .patch(
                        "/Users/" + id,
                        patch(
                                "{'op':'remove','path':'" + REALM + ":COSTKEY'}",
                                "{'op':'add','path':'" + REALM + ":languages','value':['fr']}"))
                .expect(200)
                .json();
        assertThat(patched.get(REALM)).isEqualTo(json("{'languages':['de','it','fr']}"));
        assertThat(each(client.search("/Users", REALM + ":languages eq \"fr\""), "userName"))
                .containsExactly("free");
        assertThat(each(client.search("/Users", "schemas eq \"" + REALM + "\""), "userName"))
                .containsExactly("free");

        profile(own, "ADMIN_VIEW");
        assertThat(client.read("/Users/" + id).get(REALM)).isEqualTo(patched.get(REALM));
        assertError(
                client.http()
                        .patch("/Users/" + id, patch("{'op':'add','path':'" + REALM + ":languages','value':['es']}")),
                400,
                "mutability");
        profile(own, "");
        assertThat(client.read("/Users/" + id).has(REALM)).isFalse();
        client.http().put("/Users/" + id, user("free")).expect(200);
        profile(own, "ENABLED");
        assertThat(client.read("/Users/" + id).get(REALM)).isEqualTo(patched.get(REALM));
    }

    @Test
    void whereTheAddressIsTheNameTheNameIsNotChangedAlone() {
        String own = shared.freshRealm("address-names");
        shared.admin()
                .realm(own)
                .put("", json("{'registrationEmailAsUsername':true}"))
                .expect(204);
        ScimClient client = ScimClient.connect(shared, own);
        JsonNode created = client.create("/Users", user("someone"));
        String path = "/Users/" + created.get("id").asText();
        assertThat(created.get("userName").asText()).isEqualTo("someone@example.com");
        assertError(
                client.http().patch(path, patch("{'op':'replace','path':'userName','value':'other'}")),
                400,
                "mutability");
        JsonNode moved = client.http()
                .patch(path, patch("{'op':'replace','path':'emails','value':[{'value':'New@example.com'}]}"))
                .expect(200)
                .json();
        assertThat(moved.get("userName").asText()).isEqualTo("new@example.com");
        assertThat(attribute(client.read("/Schemas/" + ScimClient.USER), "userName")
                        .get("description")
                        .asText())
                .contains("e-mail address");
    }

    /** Gives the realm the default profile with these attributes more, and that policy unless it is empty. */
    private void profile(String name, String policy, String... attributes) {
        Http admin = shared.admin().realm(name);
        ObjectNode profile =
                (ObjectNode) admin.get("/users/profile").expect(200).json();
        ObjectNode changed = json("{}");
        for (JsonNode attribute : profile.get("attributes")) {
            String builtIn = attribute.get("name").asText();
            if (builtIn.equals("username") || builtIn.equals("email") || builtIn.endsWith("Name")) {
                changed.withArray("attributes").add(attribute);
            }
        }
        for (String attribute : attributes) {
            changed.withArray("attributes").add(json(attribute));
        }
        if (!policy.isEmpty()) {
            changed.put("unmanagedAttributePolicy", policy);
        }
        admin.put("/users/profile", changed).expect(200);
    }

    private JsonNode attributesOf(String id) {
        return shared.admin()
                .realm(realm)
                .get("/users/" + id)
                .expect(200)
                .json()
                .get("attributes");
    }

    private static JsonNode attribute(JsonNode schema, String name) {
        for (JsonNode attribute : schema.get("attributes")) {
            if (attribute.get("name").asText().equals(name)) {
                return attribute;
            }
        }
        throw new AssertionError(schema.get("id") + " has no " + name);
    }
}
