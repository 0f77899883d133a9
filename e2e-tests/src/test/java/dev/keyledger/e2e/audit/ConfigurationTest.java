package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What configures a realm is told before and after, its secrets never, and whether or not Keycloak raises an event. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.POSTGRES;

    private AdminClient admin = new AdminClient("");
    private Http http = new Http("");
    private AuditLog log = new AuditLog(http);

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        String realm = shared.freshRealm("configuration");
        admin = shared.admin();
        http = admin.realm(realm);
        log = admin.auditLog(realm);
        http.put("", json("{'organizationsEnabled':true}")).expect(204);
    }

    @Test
    void anIdentityProviderIsToldWithoutItsSecret() {
        JsonNode made = only(() -> http.post(
                        "/identity-provider/instances",
                        json("{'alias':'hub','providerId':'oidc','config':{'clientId':'x','clientSecret':'s3cret-one',"
                                + "'tokenUrl':'https://hub.example/t','authorizationUrl':'https://hub.example/a'}}"))
                .expect(201));
        JsonNode changed = only(() -> http.put(
                        "/identity-provider/instances/hub",
                        json("{'alias':'hub','providerId':'oidc','enabled':false,'config':{'clientId':'x',"
                                + "'clientSecret':'s3cret-two','tokenUrl':'https://hub.example/token',"
                                + "'authorizationUrl':'https://hub.example/a'}}"))
                .expect(204));
        JsonNode deleted =
                only(() -> http.delete("/identity-provider/instances/hub").expect(204));

        assertThat(after(made).get("config.clientSecret").asText()).isEqualTo("(hidden)");
        assertThat(before(changed).get("config.tokenUrl").asText()).isEqualTo("https://hub.example/t");
        assertThat(after(changed).get("config.tokenUrl").asText()).isEqualTo("https://hub.example/token");
        assertThat(after(changed).get("config.clientSecret").asText()).isEqualTo("(changed)");
        assertThat(after(changed).has("config.clientId")).isFalse();
        assertThat(before(deleted).get("config.tokenUrl").asText()).isEqualTo("https://hub.example/token");
        assertThat(made + "" + changed + deleted).doesNotContain("s3cret");
    }

    @Test
    void aReferenceToTheVaultIsNoSecret() {
        http.post(
                        "/identity-provider/instances",
                        json(
                                "{'alias':'vaulted','providerId':'github','config':{'clientId':'x','clientSecret':'old'}}"))
                .expect(201);
        JsonNode changed = only(() -> http.put(
                        "/identity-provider/instances/vaulted",
                        json("{'alias':'vaulted','providerId':'github',"
                                + "'config':{'clientId':'x','clientSecret':'${vault.github}'}}"))
                .expect(204));

        assertThat(before(changed).get("config.clientSecret").asText()).isEqualTo("(hidden)");
        assertThat(after(changed).get("config.clientSecret").asText()).isEqualTo("${vault.github}");
    }

    @Test
    void aDirectoryIsToldWithoutTheCredentialsThatItIsAskedWith() {
        List<JsonNode> made = entries(() ->
                http.post("/components", directory("cn=admin", "b1nd-one")).expect(201));
        JsonNode directory = made.stream()
                .filter(entry -> entry.get("kind").asText().equals("admin"))
                .findFirst()
                .orElseThrow();
        String id = directory.at("/target/id").asText();
        JsonNode changed = only(() -> http.put("/components/" + id, directory("cn=keycloak", "b1nd-two"))
                .expect(204));

        assertThat(after(directory).get("config.bindCredential").asText()).isEqualTo("(hidden)");
        assertThat(change(changed).toString())
                .contains("\"config.bindDn\":[\"cn=admin\"]")
                .contains("\"config.bindDn\":[\"cn=keycloak\"]")
                .contains("\"config.bindCredential\":\"(changed)\"");
        assertThat(made.toString() + changed).doesNotContain("b1nd");
        assertThat(made)
                .as("the mappers that come with it")
                .anyMatch(entry -> entry.get("kind").asText().equals("system")
                        && entry.get("operation").asText().equals("CREATE")
                        && entry.at("/target/name").asText().equals("username"));

        http.post("/partialImport", json("{'users':[{'username':'from-ldap','federationLink':'" + id + "'}]}"))
                .expect(200);
        JsonNode unlinked = only(() -> http.send("POST", "/user-storage/" + id + "/unlink-users", new byte[0])
                .expect(204));
        assertThat(unlinked.at("/target/id").asText()).isEqualTo(id);
        assertThat(unlinked.at("/slots/change/value/details/users.unlinked/0").asText())
                .isEqualTo("1");
    }

    @Test
    void aKeyIsToldWithoutItsSecret() {
        List<JsonNode> made = entries(() -> http.post(
                        "/components",
                        json(
                                "{'name':'mine','providerId':'hmac-generated','providerType':'org.keycloak.keys.KeyProvider',"
                                        + "'config':{'priority':['50'],'secretSize':['32']}}"))
                .expect(201));

        assertThat(made).hasSize(1);
        assertThat(after(made.get(0)).get("config.priority").toString()).isEqualTo("[\"50\"]");
        assertThat(after(made.get(0)).get("config.secret").asText()).isEqualTo("(hidden)");
    }

    @Test
    void aFlowIsToldWithItsExecutionsAndWhatConfiguresThem() {
        http.post(
                        "/authentication/flows",
                        json("{'alias':'mine','providerId':'basic-flow','topLevel':true,'builtIn':false}"))
                .expect(201);
        JsonNode added = only(() -> http.post(
                        "/authentication/flows/mine/executions/execution",
                        json("{'provider':'identity-provider-redirector'}"))
                .expect(201));
        JsonNode execution = http.get("/authentication/flows/mine/executions")
                .expect(200)
                .json()
                .get(0);
        String id = execution.get("id").asText();
        JsonNode configured = only(() -> http.post(
                        "/authentication/executions/" + id + "/config",
                        json("{'alias':'redirect','config':{'defaultProvider':'hub'}}"))
                .expect(201));
        JsonNode required = only(() -> http.put(
                        "/authentication/flows/mine/executions", json("{'id':'" + id + "','requirement':'REQUIRED'}"))
                .expect(200, 202, 204));
        JsonNode deleted = only(
                () -> http.delete("/authentication/flows/" + idOfFlow("mine")).expect(204));

        String path = "executions[identity-provider-redirector].requirement";
        assertThat(after(added).get(path).asText()).isEqualTo("DISABLED");
        assertThat(after(configured).get("config.config.defaultProvider").asText())
                .isEqualTo("hub");
        assertThat(change(required).toString()).contains("\"DISABLED\"").contains("\"REQUIRED\"");
        assertThat(before(deleted).get(path).asText()).isEqualTo("REQUIRED");
        assertThat(before(deleted)
                        .get("executions[identity-provider-redirector].config.config.defaultProvider")
                        .asText())
                .isEqualTo("hub");
    }

    @Test
    void aRequiredActionIsToldBeforeAndAfter() {
        ObjectNode action = (ObjectNode) http.get("/authentication/required-actions/CONFIGURE_TOTP")
                .expect(200)
                .json();
        JsonNode off = action.put("enabled", false);

        JsonNode changed = only(() ->
                http.put("/authentication/required-actions/CONFIGURE_TOTP", off).expect(204));

        assertThat(change(changed).toString())
                .isEqualTo("{\"after\":{\"enabled\":false},\"before\":{\"enabled\":true}}");
    }

    @Test
    void anOrganizationIsToldWithItsDomainsAndItsIdentityProviders() {
        String id = AdminClient.createdId(
                http.post("/organizations", json("{'name':'acme','alias':'acme','domains':[{'name':'acme.example'}]}"))
                        .expect(201));
        http.post("/identity-provider/instances", json("{'alias':'acme-idp','providerId':'github','config':{}}"))
                .expect(201);

        JsonNode changed = only(() -> http.put(
                        "/organizations/" + id,
                        json("{'id':'" + id + "','name':'acme','alias':'acme','description':'a customer',"
                                + "'domains':[{'name':'acme.example'},{'name':'acme.test'}]}"))
                .expect(204));
        JsonNode linked =
                only(() -> http.send("POST", "/organizations/" + id + "/identity-providers", bytes("acme-idp"))
                        .expect(204));
        JsonNode deleted = entries(() -> http.delete("/organizations/" + id).expect(204)).stream()
                .filter(entry -> entry.at("/target/type").asText().equals("ORGANIZATION"))
                .findFirst()
                .orElseThrow();

        assertThat(after(changed).get("description").asText()).isEqualTo("a customer");
        assertThat(after(changed).get("domains[acme.test].name").asText()).isEqualTo("acme.test");
        assertThat(after(changed).has("domains[acme.example].name")).isFalse();
        assertThat(linked.at("/target/name").asText()).isEqualTo("acme-idp");
        assertThat(after(linked).get("organizationId").asText()).isEqualTo(id);
        assertThat(before(deleted).get("domains[acme.test].name").asText()).isEqualTo("acme.test");
        assertThat(before(deleted).get("identityProviders").toString()).isEqualTo("[\"acme-idp\"]");
    }

    @Test
    void aRuleOfAuthorizationServicesIsToldBeforeAndAfter() {
        String client = AdminClient.createdId(http.post(
                        "/clients",
                        json(
                                "{'clientId':'guarded','serviceAccountsEnabled':true,'authorizationServicesEnabled':true}"))
                .expect(201));
        String rules = "/clients/" + client + "/authz/resource-server";
        http.post("/roles", json("{'name':'reader'}")).expect(201);
        String resource = http.post(rules + "/resource", json("{'name':'document'}"))
                .expect(201)
                .json()
                .get("_id")
                .asText();
        String role = http.get("/roles/reader").expect(200).json().get("id").asText();
        JsonNode made = only(() -> http.post(
                        rules + "/policy/role",
                        json("{'name':'readers','roles':[{'id':'" + role + "','required':true}]}"))
                .expect(201));
        String policy = made.at("/target/id").asText();

        JsonNode renamed = only(
                () -> http.put(rules + "/resource/" + resource, json("{'name':'document','displayName':'A document'}"))
                        .expect(204));
        JsonNode changed = only(() -> http.put(
                        rules + "/policy/role/" + policy,
                        json("{'id':'" + policy + "','name':'readers','description':'who reads','roles':[]}"))
                .expect(200, 201, 204));
        JsonNode deleted = only(() -> http.delete(rules + "/policy/" + policy).expect(204));

        assertThat(after(renamed).toString()).isEqualTo("{\"displayName\":\"A document\"}");
        assertThat(after(made).get("name").asText()).isEqualTo("readers");
        assertThat(before(changed).has("name")).isFalse();
        assertThat(after(changed).get("description").asText()).isEqualTo("who reads");
        assertThat(before(deleted).get("description").asText()).isEqualTo("who reads");
    }

    @Test
    void theTextsOfARealmAreToldThoughNoEventDoes() {
        JsonNode made = only(() -> http.post("/localization/de", json("{'hello':'hallo','bye':'bis dann'}"))
                .expect(204));
        JsonNode changed = only(() -> http.with("Content-Type", "text/plain")
                .send("PUT", "/localization/de/hello", bytes("guten Tag"))
                .expect(204));
        JsonNode deleted = only(() -> http.delete("/localization/de").expect(204));

        assertThat(made.get("operation").asText()).isEqualTo("CREATE");
        assertThat(made.at("/target/name").asText()).isEqualTo("de");
        assertThat(change(changed).toString())
                .isEqualTo("{\"after\":{\"hello\":\"guten Tag\"},\"before\":{\"hello\":\"hallo\"}}");
        assertThat(deleted.get("operation").asText()).isEqualTo("DELETE");
        assertThat(before(deleted).get("bye").asText()).isEqualTo("bis dann");
    }

    @Test
    void theClientPoliciesOfARealmAreToldThoughNoEventDoes() {
        JsonNode profiles = only(() -> http.put(
                        "/client-policies/profiles",
                        json("{'profiles':[{'name':'strict','description':'PKCE','executors':"
                                + "[{'executor':'pkce-enforcer','configuration':{'auto-configure':true}}]}]}"))
                .expect(204));
        JsonNode policies = only(() -> http.put(
                        "/client-policies/policies",
                        json("{'policies':[{'name':'all','enabled':true,'conditions':"
                                + "[{'condition':'any-client','configuration':{}}],'profiles':['strict']}]}"))
                .expect(204));

        assertThat(profiles.at("/target/type").asText()).isEqualTo("CLIENT_POLICIES");
        assertThat(after(profiles).get("profiles[strict].description").asText()).isEqualTo("PKCE");
        assertThat(after(policies).get("policies[all].enabled").asBoolean()).isTrue();
        assertThat(after(policies).has("profiles[strict].description")).isFalse();
    }

    @Test
    void aCredentialsLabelAndOrderAreToldThoughNoEventDoes() {
        ObjectNode labelledUser = JSON.createObjectNode().put("username", "labelled");
        ArrayNode given = labelledUser.putArray("credentials");
        given.addObject().put("type", "password").put("value", "labelled-1");
        given.addObject()
                .put("type", "otp")
                .put("secretData", "{\"value\":\"abc\"}")
                .put("credentialData", "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        http.post("/users", labelledUser).expect(201);
        JsonNode user = http.get("/users?username=labelled").expect(200).json().get(0);
        String base = "/users/" + user.get("id").asText() + "/credentials";
        JsonNode credentials = http.get(base).expect(200).json();
        String first = base + "/" + credentials.get(0).get("id").asText();
        String second = base + "/" + credentials.get(1).get("id").asText();

        JsonNode labelled = only(() -> http.with("Content-Type", "text/plain")
                .send("PUT", first + "/userLabel", bytes("at home"))
                .expect(204));
        JsonNode moved = only(
                () -> http.send("POST", second + "/moveToFirst", new byte[0]).expect(204));

        String type = credentials.get(0).get("type").asText();
        assertThat(labelled.at("/target/name").asText()).isEqualTo("labelled");
        assertThat(change(labelled).toString())
                .isEqualTo("{\"after\":{\"labels\":[\"" + type + ": at home\"]},\"before\":{\"labels\":[]}}");
        assertThat(before(moved).get("preferred").asText()).startsWith(type);
        assertThat(after(moved).get("preferred").asText()).endsWith(type);
    }

    private String idOfFlow(String alias) {
        for (JsonNode flow : http.get("/authentication/flows").expect(200).json()) {
            if (flow.get("alias").asText().equals(alias)) {
                return flow.get("id").asText();
            }
        }
        throw new IllegalStateException("no flow " + alias);
    }

    private static JsonNode directory(String bindDn, String credential) {
        return json("{'name':'ldap','providerId':'ldap','providerType':'org.keycloak.storage.UserStorageProvider',"
                + "'config':{'enabled':['true'],'vendor':['other'],'connectionUrl':['ldap://localhost:1'],"
                + "'usersDn':['ou=p'],'editMode':['READ_ONLY'],'usernameLDAPAttribute':['uid'],"
                + "'rdnLDAPAttribute':['uid'],'uuidLDAPAttribute':['entryUUID'],'userObjectClasses':['person'],"
                + "'authType':['simple'],'bindDn':['" + bindDn + "'],'bindCredential':['" + credential + "']}}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads JSON that is written with single quotes. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    private JsonNode only(Runnable work) {
        List<JsonNode> entries = entries(work);
        assertThat(entries).as("new entries").hasSize(1);
        return entries.get(0);
    }

    private List<JsonNode> entries(Runnable work) {
        log.awaitSealed();
        List<JsonNode> before = log.entries("");
        work.run();
        log.awaitSealed();
        List<JsonNode> now = new ArrayList<>(log.entries(""));
        now.removeAll(before);
        return now.stream().map(entry -> log.entry(entry.get("id").asText())).toList();
    }

    private static JsonNode change(JsonNode entry) {
        return entry.at("/slots/change/value");
    }

    private static JsonNode before(JsonNode entry) {
        return change(entry).get("before");
    }

    private static JsonNode after(JsonNode entry) {
        return change(entry).get("after");
    }
}
