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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 7643 and 7644 demand of any service provider, asked of a fresh realm by a plain service account. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RfcWalkTest {

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeAll
    void connect() {
        realm = SharedServer.H2.freshRealm("rfc");
        scim = ScimClient.connect(SharedServer.H2, realm);
    }

    @Test
    void everyAnswerSaysWhatAndWhereItIs() {
        Http.Reply created = scim.http().post("/Users", user("headers")).expect(201);
        String path = "/Users/" + created.json().get("id").asText();
        Http.Reply read = scim.http().get(path).expect(200);
        Http.Reply replaced =
                scim.http().put(path, user("headers").put("title", "Put")).expect(200);
        Http.Reply patched = scim.http()
                .patch(path, patch("{'op':'add','path':'title','value':'Patched'}"))
                .expect(200);

        assertThat(read.json()).isEqualTo(created.json());
        for (Http.Reply reply : List.of(created, read, replaced, patched)) {
            String location = reply.json().at("/meta/location").asText();
            assertThat(location).isEqualTo(scim.http().base() + path);
            assertThat(reply.header("Location")).hasValue(location);
            assertThat(reply.header("Content-Location")).hasValue(location);
            assertThat(reply.header("ETag"))
                    .hasValue(reply.json().at("/meta/version").asText());
            assertThat(reply.header("Content-Type").orElse("")).startsWith("application/scim+json");
            Instant createdAt = Instant.parse(reply.json().at("/meta/created").asText());
            assertThat(Instant.parse(reply.json().at("/meta/lastModified").asText()))
                    .isAfterOrEqualTo(createdAt);
            assertThat(reply.json().at("/meta/resourceType").asText()).isEqualTo("User");
        }
        Http.Reply deleted = scim.http().delete(path).expect(204);
        assertThat(deleted.text()).isEmpty();
        assertError(scim.http().get(path), 404, "");
    }

    @Test
    void whoSaysNoVersionGetsTheNewestAndAnotherIsRefused() {
        String path = "/Users/" + scim.createUser("versioned");
        String base = scim.http().base();
        Http unversioned = new Http(base.substring(0, base.length() - "/v2".length()))
                .bearer(SharedServer.H2.admin().serviceAccountToken(realm, "provisioning", "provisioning-secret"));

        assertThat(unversioned.get(path).expect(200).json()).isEqualTo(scim.read(path));
        assertError(unversioned.get("/v1" + path), 400, "invalidVers");
        assertError(unversioned.get("/nothing" + path), 404, "");
    }

    @Test
    void aBodyWithoutAContentTypeIsScims() throws Exception {
        String token = SharedServer.H2.admin().serviceAccountToken(realm, "provisioning", "provisioning-secret");
        HttpRequest untyped = HttpRequest.newBuilder(URI.create(scim.http().base() + "/Users"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(user("untyped").toString()))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(untyped, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void attributesMayBeNamedInSeveralParameters() {
        String id = scim.createUser("projected");
        JsonNode shown = scim.read("/Users/" + id + "?attributes=userName&attributes=active,name.givenName");
        assertThat(shown.fieldNames()).toIterable().containsExactly("schemas", "id", "userName", "name", "active");
        assertThat(shown.get("name")).hasSize(1);
    }

    @Test
    void whatWasNeverModifiedWasModifiedWhenItWasCreated() {
        ObjectNode sent = user("unmodified").put("password", "Initial-1").put("externalId", "x");
        sent.putArray("roles").addObject().put("value", "plain");
        String id = scim.create("/Users", sent).get("id").asText();
        JsonNode person = scim.read("/Users/" + id);
        JsonNode group =
                scim.create("/Groups", ScimClient.group("Unmodified", id).put("externalId", "x"));

        for (JsonNode meta : List.of(person.get("meta"), group.get("meta"))) {
            assertThat(meta.get("lastModified")).isEqualTo(meta.get("created"));
        }
        assertThat(scim.read("/Users/" + id).at("/meta/lastModified")).isEqualTo(person.at("/meta/created"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/scim+json | application/scim+json",
                "application/json | application/json",
                "application/json, application/scim+json;q=0.5 | application/scim+json",
                "*/* | application/scim+json",
                "text/html | application/scim+json"
            })
    void theMediaTypeIsTheOneThatIsAcceptedIfItIsJson(String accept, String type) {
        Http http = scim.http().with("Accept", accept);
        assertThat(http.get("/Users?count=0").header("Content-Type").orElse("")).startsWith(type);
        assertThat(http.get("/Users/nobody").header("Content-Type").orElse("")).startsWith(type);
    }

    @Test
    void namesOperatorsAndUrnsAreReadInAnyCase() {
        JsonNode created = scim.http()
                .post(
                        "/Users",
                        json("{'SCHEMAS':['" + ScimClient.USER.toUpperCase(Locale.ROOT)
                                + "'],'USERNAME':'any-case','Name':{'GIVENNAME':'Any','familyname':'Case'},"
                                + "'Emails':[{'VALUE':'any-case@example.com','TYPE':'work'}]}"))
                .expect(201)
                .json();
        String path = "/Users/" + created.get("id").asText();
        assertThat(created.at("/name/givenName").asText()).isEqualTo("Any");
        assertThat(created.at("/emails/0/value").asText()).isEqualTo("any-case@example.com");

        scim.http()
                .patch(
                        path,
                        json("{'Schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'operations':"
                                + "[{'OP':'REPLACE','PATH':'NAME.GIVENNAME','VALUE':'Changed'}]}"))
                .expect(200);
        assertThat(scim.search("/Users", "USERNAME Eq \"ANY-CASE\" AND NAME.givenname SW \"chan\" and Not (TITLE Pr)")
                        .get("totalResults")
                        .asInt())
                .isOne();
        assertThat(scim.read(path + "?attributes=NAME.GIVENNAME")
                        .at("/name/givenName")
                        .asText())
                .isEqualTo("Changed");
    }

    @Test
    void whatOnlyTheServiceProviderSaysIsPassedOver() {
        ObjectNode sent = user("read-only");
        sent.put("id", "mine");
        sent.putObject("meta").put("resourceType", "Group").put("version", "W/\"mine\"");
        sent.putArray("groups").addObject().put("value", "mine");
        JsonNode created = scim.create("/Users", sent);
        String path = "/Users/" + created.get("id").asText();
        JsonNode replaced =
                scim.http().put(path, sent.put("title", "T")).expect(200).json();

        for (JsonNode resource : List.of(created, replaced)) {
            assertThat(resource.get("id").asText()).isNotEqualTo("mine");
            assertThat(resource.at("/meta/resourceType").asText()).isEqualTo("User");
            assertThat(resource.has("groups")).isFalse();
        }
        assertError(
                scim.http().patch(path, patch("{'op':'replace','path':'meta.version','value':'x'}")),
                400,
                "mutability");
    }

    @Test
    void whatIsAlwaysReturnedIsReturnedAndWhatIsNeverReturnedIsNot() {
        String path = "/Users/"
                + scim.create("/Users", user("returned").put("password", "Returned-Secret-1"))
                        .get("id")
                        .asText();
        JsonNode least = scim.read(path + "?excludedAttributes=schemas,id,meta,userName,password");
        assertThat(least.has("schemas")).isTrue();
        assertThat(least.has("id")).isTrue();
        assertThat(least.has("userName")).isFalse();
        assertThat(scim.read(path + "?attributes=password,noSuch").fieldNames())
                .toIterable()
                .containsExactly("schemas", "id");
        assertThat(scim.http()
                        .put(path + "?attributes=title", user("returned").put("title", "T"))
                        .expect(200)
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactly("schemas", "id", "title");
        assertThat(scim.http()
                        .patch(path + "?excludedAttributes=emails", patch("{'op':'add','path':'title','value':'U'}"))
                        .expect(200)
                        .json()
                        .has("emails"))
                .isFalse();
        assertError(
                scim.http().get("/Users?filter=" + Http.encode("password eq \"Returned-Secret-1\"")),
                400,
                "invalidFilter");
    }

    @Test
    void nullAndEmptyAreNoValue() {
        ObjectNode sent = user("empty");
        sent.putNull("title").put("nickName", "").putArray("phoneNumbers");
        sent.putObject(ScimClient.ENTERPRISE);
        sent.putArray("addresses").addObject().putNull("country");
        JsonNode created = scim.create("/Users", sent);
        for (String name : List.of("title", "nickName", "phoneNumbers", "addresses", ScimClient.ENTERPRISE)) {
            assertThat(created.has(name)).as(name).isFalse();
        }
        assertThat(created.get("schemas")).hasSize(1);
    }

    @Test
    void twoMayHaveOneExternalIdAndItComparesWithCase() {
        String first = scim.create("/Users", user("external-a").put("externalId", "Ext-1"))
                .get("id")
                .asText();
        String second = scim.create("/Users", user("external-b").put("externalId", "Ext-1"))
                .get("id")
                .asText();
        assertThat(ScimClient.each(scim.search("/Users", "externalId eq \"Ext-1\""), "id"))
                .containsExactlyInAnyOrder(first, second);
        assertThat(scim.search("/Users", "externalId eq \"EXT-1\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
        assertThat(scim.search("/Users", "id eq \"" + first.toUpperCase(Locale.ROOT) + "\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    void aNewPrimaryValueEndsTheOldOnesPrimacy() {
        String path = "/Users/" + scim.createUser("primary");
        JsonNode patched = scim.http()
                .patch(
                        path,
                        patch(
                                "{'op':'add','path':'emails','value':[{'value':'new@example.com','type':'home','primary':true}]}"))
                .expect(200)
                .json();
        List<String> primary = new ArrayList<>();
        patched.get("emails").forEach(email -> {
            if (email.path("primary").asBoolean()) {
                primary.add(email.get("value").asText());
            }
        });
        assertThat(primary).containsExactly("new@example.com");
        assertThat(patched.get("emails")).hasSize(2);
    }

    @Test
    void anAddOfWhatIsThereChangesNothing() {
        JsonNode created = scim.create("/Users", user("idempotent"));
        String path = "/Users/" + created.get("id").asText();
        JsonNode patched = scim.http()
                .patch(
                        path,
                        patch(
                                "{'op':'add','path':'emails','value':[{'value':'idempotent@example.com','type':'work'}]}",
                                "{'op':'add','path':'userName','value':'idempotent'}",
                                "{'op':'remove','path':'nickName'}"))
                .expect(200)
                .json();
        assertThat(patched).isEqualTo(created);
    }

    @Test
    void whatThePathlessValueNamesIsSetAndTheRestStays() {
        String path = "/Users/" + scim.createUser("pathless");
        JsonNode patched = scim.http()
                .patch(
                        path,
                        patch("{'op':'add','value':{'nickName':'Nick','name':{'middleName':'M'},'"
                                + ScimClient.ENTERPRISE + "':{'department':'D'}}}"))
                .expect(200)
                .json();
        assertThat(patched.at("/name")).isEqualTo(json("{'familyName':'Family','givenName':'Given','middleName':'M'}"));
        assertThat(patched.get("nickName").asText()).isEqualTo("Nick");
        assertThat(patched.get("schemas")).hasSize(2);
        assertError(scim.http().patch(path, patch("{'op':'replace','path':'noSuch','value':1}")), 400, "invalidPath");
    }

    @Test
    void theSameQueryByPostGivesTheSamePage() {
        scim.createUser("same-a");
        scim.createUser("same-b");
        ObjectNode body = json(
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],'attributes':['userName'],"
                        + "'filter':'userName sw \"same-\"','sortBy':'userName','sortOrder':'descending','startIndex':1,'count':1}");
        JsonNode page = scim.http().post("/Users/.search", body).expect(200).json();
        assertThat(page)
                .isEqualTo(scim.read(
                        "/Users?attributes=userName&sortBy=userName&sortOrder=descending&startIndex=1&count=1&filter="
                                + Http.encode("userName sw \"same-\"")));
        assertThat(page.get("totalResults").asInt()).isEqualTo(2);
        assertThat(page.get("itemsPerPage").asInt()).isOne();
        assertThat(ScimClient.each(page, "userName")).containsExactly("same-b");
    }
}
