package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, its client gets a SCIM error that says so, and nothing changes. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorWalkTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient scim = new ScimClient(new Http(""));
    private JsonNode victim = json("{}");
    private String path = "";

    @BeforeParameterizedClassInvocation
    void makeAUser() {
        scim = ScimClient.connect(shared, shared.freshRealm("error-walk"));
        victim = scim.create("/Users", FullUser.named("victim"));
        path = "/Users/" + victim.get("id").asText();
        scim.createUser("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "null",
                "{} {}",
                "{'single':'quotes'}",
                "{\"userName\":\"twice\",\"userName\":\"twice\"}",
                "{\"userName\":\"no-schemas\"}",
                "{\"schemas\":[],\"userName\":\"no-schemas\"}",
                "{\"schemas\":\"urn:ietf:params:scim:schemas:core:2.0:Group\",\"userName\":\"text\"}",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"userName\":\"wrong-schema\"}",
                "{\"schemas\":[\"urn:nobody:knows\"],\"userName\":\"wrong-schema\"}"
            })
    void aBodyThatIsNoUserIsInvalidSyntax(String body) {
        assertError(send("POST", "/Users", body), 400, "invalidSyntax");
        assertError(send("PUT", path, body), 400, "invalidSyntax");
        assertUnchanged();
    }

    @Test
    void aBodyThatIsNotTextIsInvalidSyntax() {
        byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'};
        assertError(scim.http().send("POST", "/Users", bytes), 400, "invalidSyntax");
        assertError(scim.http().send("POST", "/Users", new byte[0]), 400, "invalidSyntax");
        assertError(send("POST", "/Users", "[".repeat(100_000)), 400, "invalidSyntax");
        assertError(send("PATCH", path, "{\"a\":".repeat(50_000)), 400, "invalidSyntax");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'userName':''",
                "'userName':'  '",
                "'userName':null",
                "'userName':['a','b']",
                "'userName':{'value':'a'}",
                "'userName':'nul\\u0000'",
                "'userName':'a','active':'maybe'",
                "'userName':'a','active':1",
                "'userName':'a','name':'Ann'",
                "'userName':'a','title':true",
                "'userName':'a','emails':[{'value':7.5}]",
                "'userName':'a','emails':[{'value':'a@b.example','primary':true},{'value':'c@d.example','primary':true}]",
                "'userName':'a','emails':[{'value':'no address'}]",
                "'userName':'a','profileUrl':'not a uri'",
                "'userName':'a','x509Certificates':[{'value':'!'}]",
                "'userName':'a','ENT':'text'",
                "'userName':'a','ENT':{'manager':true}"
            })
    void aWrongValueIsInvalidValue(String attributes) {
        String body = "{'schemas':['" + ScimClient.USER + "']" + (attributes.isEmpty() ? "" : ",") + attributes + "}";
        JsonNode sent = json(body.replace("ENT", ScimClient.ENTERPRISE));

        assertError(scim.http().post("/Users", sent), 400, "invalidValue");
        assertError(scim.http().put(path, sent), 400, "invalidValue");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"userName", "name.givenName", "name.familyName", "emails"})
    void aValueThatIsTooLongForKeycloakIsInvalidValue(String attribute) {
        String text = "x".repeat(300);
        String value = attribute.equals("emails") ? "[{'value':'" + text + "@example.com'}]" : "'" + text + "'";
        String operation = "{'op':'replace','path':'" + attribute + "','value':" + value + "}";

        assertError(scim.http().patch(path, patch(operation)), 400, "invalidValue");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'op':'replace','path':'noSuch','value':'a'}                        | invalidPath
                    {'op':'replace','path':'name.noSuch','value':'a'}                   | invalidPath
                    {'op':'replace','path':'urn:nobody:knows:title','value':'a'}        | invalidPath
                    {'op':'replace','path':'emails[type eq','value':'a'}                | invalidPath
                    {'op':'replace','path':'emails]type[','value':'a'}                  | invalidPath
                    {'op':'replace','path':'emails[type eq "work"]value','value':'a'}   | invalidPath
                    {'op':'replace','path':'title[type eq "work"]','value':'a'}         | invalidPath
                    {'op':'replace','path':'emails[noSuch eq "work"].value','value':'a'} | invalidFilter
                    {'op':'replace','path':7,'value':'a'}                               | invalidPath
                    {'op':'replace','value':{'noSuch':'a'}}                             | invalidPath
                    {'op':'replace','value':'a'}                                        | invalidValue
                    {'op':'replace','path':'title'}                                     | invalidValue
                    {'op':'add','path':'title','value':null}                            | invalidValue
                    {'op':'replace','path':'title','value':{'a':'b'}}                   | invalidValue
                    {'op':'replace','path':'active','value':'perhaps'}                  | invalidValue
                    {'op':'replace','path':'userName','value':''}                       | invalidValue
                    {'op':'remove','path':'userName'}                                   | mutability
                    {'op':'replace','path':'id','value':'a'}                            | mutability
                    {'op':'replace','path':'meta.created','value':'2020-01-01T00:00:00Z'} | mutability
                    {'op':'add','path':'groups','value':[{'value':'a'}]}                | mutability
                    {'op':'remove','path':'meta'}                                       | mutability
                    {'op':'remove'}                                                     | noTarget
                    {'op':'replace','path':'emails[type eq "none"].value','value':'a@b.example'} | noTarget
                    {'op':'remove','path':'emails[type eq "none"]'}                     | noTarget
                    {'op':'move','path':'title','value':'a'}                            | invalidSyntax
                    {'path':'title','value':'a'}                                        | invalidSyntax
                    """)
    void aWrongPatchIsRefusedAsAWhole(String operation, String scimType) {
        JsonNode wrong = patch("{'op':'replace','path':'nickName','value':'Changed'}", operation);
        assertError(scim.http().patch(path, wrong), 400, scimType);
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Operations':[{'op':'remove','path':'title'}]}",
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp']}",
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[]}",
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':{'op':'remove','path':'title'}}",
                "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':['remove']}"
            })
    void aBodyThatIsNoPatchIsInvalidSyntax(String body) {
        assertError(scim.http().patch(path, json(body)), 400, "invalidSyntax");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /Users/no-such-user",
        "PUT, /Users/no-such-user",
        "PATCH, /Users/no-such-user",
        "DELETE, /Users/no-such-user",
        "GET, /Groups/no-such-group",
        "GET, /NoSuch",
        "GET, /Users/a/b",
        "GET, /Users/a%2Fb",
        "GET, /Users/%00",
        "DELETE, /Users/%00",
        "PATCH, /Groups/%00",
        "GET, /Schemas/urn:nobody:knows",
        "GET, /ResourceTypes/NoSuch"
    })
    void whatIsNotThereIs404(String method, String where) {
        JsonNode body = method.equals("PATCH") ? patch("{'op':'remove','path':'title'}") : user("nowhere");
        boolean bodiless = method.equals("GET") || method.equals("DELETE");
        assertError(send(method, where, bodiless ? "" : body.toString()), 404, "");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /Users, 'GET, POST'",
        "DELETE, /Groups, 'GET, POST'",
        "POST, /Users/some-id, 'GET, PUT, PATCH, DELETE'",
        "GET, /Users/.search, POST",
        "POST, /Schemas, GET",
        "DELETE, /ServiceProviderConfig, GET"
    })
    void aMethodThatAnEndpointHasNotIs405(String method, String where, String allowed) {
        Http.Reply refused = send(method, where, method.equals("GET") ? "" : "{}");
        assertError(refused, 405, "");
        assertThat(refused.header("Allow")).hasValue(allowed);
    }

    @Test
    void otherMethodsThanThoseOfTheProtocolChangeNothing() {
        Http.Reply head = send("HEAD", path, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("ETag")).hasValue(victim.at("/meta/version").asText());
        Http.Reply options = send("OPTIONS", path, "");
        assertError(options, 405, "");
        assertThat(options.header("Allow")).hasValue("GET, PUT, PATCH, DELETE");
        assertError(scim.http().with("X-HTTP-Method-Override", "DELETE").post(path, json("{}")), 405, "");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/scim+json                  | application/scim+json
                    application/json                       | application/json
                    application/json, */*;q=0.1            | application/scim+json
                    application/scim+json, application/json | application/scim+json
                    text/html                              | application/scim+json
                    """)
    void aClientThatAcceptsPlainJsonGetsIt(String accept, String type) {
        Http http = scim.http().with("Accept", accept);
        assertThat(http.get(path).expect(200).header("Content-Type")).hasValue(type);
        assertThat(http.get("/Users/nobody").expect(404).header("Content-Type")).hasValue(type);
        assertThat(http.get(path + "/").expect(200).json()).isEqualTo(victim);
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        String body = user("large").put("title", "x".repeat(1024 * 1024)).toString();
        assertError(send("POST", "/Users", body), 413, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"})
    void aBodyOfAnotherTypeIs415(String type) {
        byte[] body = user("typed").toString().getBytes(StandardCharsets.UTF_8);
        assertError(scim.http().with("Content-Type", type).send("POST", "/Users", body), 415, "");
    }

    @Test
    void plainJsonIsReadToo() {
        byte[] body = user("plain").toString().getBytes(StandardCharsets.UTF_8);
        scim.http()
                .with("Content-Type", "application/json; charset=UTF-8")
                .send("POST", "/Users", body)
                .expect(201);
    }

    private Http.Reply send(String method, String where, String body) {
        return scim.http().send(method, where, body.getBytes(StandardCharsets.UTF_8));
    }

    private void assertUnchanged() {
        assertThat(scim.read(path)).isEqualTo(victim);
        assertThat(scim.read("/Users?attributes=userName").get("totalResults").asInt())
                .isLessThanOrEqualTo(3);
    }
}
