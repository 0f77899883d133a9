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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users who come from an LDAP directory, by its edit mode, and users who are linked to an identity provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederatedUserTest {
    private final SharedServer shared = SharedServer.H2;
    private Directory directory = Directory.start();

    @BeforeAll
    void people() {
        for (String uid : new String[] {"ann", "bea", "cleo", "dora", "eve", "gwen"}) {
            directory.add(uid);
        }
    }

    @AfterAll
    void stop() {
        directory.close();
    }

    @Test
    void whoIsNotImportedYetIsFoundByName() {
        ScimClient scim = connect("READ_ONLY");

        assertThat(each(scim.search("/Users", "userName eq \"Ann\""), "userName"))
                .containsExactly("ann");
        assertThat(each(scim.search("/Users", "emails.value eq \"bea@example.com\""), "userName"))
                .containsExactly("bea");
        assertThat(each(scim.search("/Users", "active eq true and emails[value eq \"cleo@example.com\"]"), "userName"))
                .containsExactly("cleo");
        assertThat(each(scim.search("/Users", "userName eq \"dora\" and active eq false"), "userName"))
                .isEmpty();
        assertThat(each(scim.search("/Users", "userName eq \"nobody\""), "userName"))
                .isEmpty();
        assertError(scim.http().post("/Users", user("eve")), 409, "uniqueness");
        assertThat(each(scim.search("/Users", "userName eq \"eve\""), "userName"))
                .containsExactly("eve");
        assertThat(each(scim.search("/Users", "title eq \"Director\""), "userName"))
                .containsExactlyInAnyOrder("ann", "bea", "cleo", "dora", "eve");
    }

    @Test
    void aReadOnlyDirectoryKeepsWhatIsItsOwn() {
        ScimClient scim = connect("READ_ONLY");
        String path = find(scim, "ann");
        for (String own : new String[] {
            "'path':'userName','value':'other'",
            "'path':'name.givenName','value':'Other'",
            "'path':'emails','value':[{'value':'other@example.com'}]",
            "'path':'title','value':'Other'",
            "'path':'password','value':'Other-Secret-1'"
        }) {
            assertError(scim.http().patch(path, patch("{'op':'replace'," + own + "}")), 400, "mutability");
        }
        assertThat(directory.value("ann", "title")).isEqualTo("Director");
        assertThat(scim.read(path).get("title").asText()).isEqualTo("Director");
    }

    @Test
    void whatAReadOnlyDirectoryDoesNotHaveIsKeptInKeycloak() {
        ScimClient scim = connect("READ_ONLY");
        String path = find(scim, "bea");
        JsonNode before = scim.read(path);
        ObjectNode wanted = before.deepCopy();
        wanted.put("externalId", "00u-bea").put("nickName", "B").put("active", false);
        wanted.set(
                "phoneNumbers",
                json("{'p':[{'value':'1','type':'work'},{'value':'2'}]}").get("p"));
        ((ObjectNode) wanted.at("/emails/0")).put("display", "At work");
        wanted.set(ScimClient.ENTERPRISE, json("{'department':'D'}"));
        JsonNode after = scim.http().put(path, wanted).expect(200).json();

        for (String attribute : new String[] {
            "externalId", "nickName", "active", "phoneNumbers", "emails", ScimClient.ENTERPRISE, "name", "title"
        }) {
            assertThat(after.get(attribute)).as(attribute).isEqualTo(wanted.get(attribute));
        }
        assertThat(scim.read(path)).isEqualTo(after);
        String group = scim.create(
                        "/Groups", ScimClient.group("local", after.get("id").asText()))
                .get("id")
                .asText();
        assertThat(scim.read(path).at("/groups/0/value").asText()).isEqualTo(group);
    }

    @Test
    void aWritableDirectoryIsWrittenTo() {
        ScimClient scim = connect("WRITABLE");
        String path = find(scim, "gwen");
        scim.http()
                .patch(
                        path,
                        patch(
                                "{'op':'replace','path':'name.familyName','value':'Changed'}",
                                "{'op':'replace','path':'title','value':'Queen'}",
                                "{'op':'add','path':'nickName','value':'G'}",
                                "{'op':'replace','path':'password','value':'Second-Secret-1'}"))
                .expect(200);

        assertThat(directory.value("gwen", "sn")).isEqualTo("Changed");
        assertThat(directory.value("gwen", "title")).isEqualTo("Queen");
        assertThat(scim.read(path).get("nickName").asText()).isEqualTo("G");
        assertThat(shared.admin()
                        .login(realmOf(scim), "admin-cli", "gwen", "Second-Secret-1")
                        .status())
                .isEqualTo(200);

        scim.create("/Users", user("fay"));
        assertThat(directory.value("fay", "mail")).isEqualTo("fay@example.com");
        scim.http().delete(find(scim, "fay")).expect(204);
        assertThat(directory.value("fay", "mail")).isNull();
    }

    @Test
    void anUnsyncedDirectoryIsLeftAlone() {
        ScimClient scim = connect("UNSYNCED");
        String path = find(scim, "dora");
        scim.http()
                .patch(
                        path,
                        patch(
                                "{'op':'replace','path':'title','value':'Local'}",
                                "{'op':'replace','path':'password','value':'Local-Secret-1'}"))
                .expect(200);

        assertThat(scim.read(path).get("title").asText()).isEqualTo("Local");
        assertThat(directory.value("dora", "title")).isEqualTo("Director");
        assertThat(shared.admin()
                        .login(realmOf(scim), "admin-cli", "dora", "Local-Secret-1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aUserWhoIsDeletedFromAReadOnlyDirectorysRealmComesBackWhenAskedFor() {
        ScimClient scim = connect("READ_ONLY");
        String path = find(scim, "eve");
        scim.http().delete(path).expect(204);

        assertError(scim.http().get(path), 404, "");
        assertThat(find(scim, "eve")).isNotEqualTo(path);
        assertThat(directory.value("eve", "mail")).isEqualTo("eve@example.com");
    }

    @Test
    void aLinkToAnIdentityProviderIsNotTouched() {
        String realm = shared.freshRealm("brokered");
        ScimClient scim = ScimClient.connect(shared, realm);
        Http admin = shared.admin().realm(realm);
        admin.post("/identity-provider/instances", json("{'alias':'corp','providerId':'oidc','config':{}}"))
                .expect(201);
        String id = scim.createUser("linked");
        admin.post(
                        "/users/" + id + "/federated-identity/corp",
                        json("{'identityProvider':'corp','userId':'4711','userName':'linked'}"))
                .expect(204);
        scim.http().put("/Users/" + id, FullUser.named("linked")).expect(200);

        assertThat(admin.get("/users/" + id + "/federated-identity").json().findValuesAsText("userId"))
                .containsExactly("4711");
    }

    private ScimClient connect(String editMode) {
        String realm = shared.freshRealm("ldap");
        directory.serve(shared.admin().realm(realm), editMode);
        return ScimClient.connect(shared, realm);
    }

    private static String find(ScimClient scim, String userName) {
        return "/Users/"
                + scim.search("/Users", "userName eq \"" + userName + "\"")
                        .at("/Resources/0/id")
                        .asText();
    }

    private static String realmOf(ScimClient scim) {
        String base = scim.http().base();
        return base.substring(base.indexOf("/realms/") + 8, base.indexOf("/scim/"));
    }
}
