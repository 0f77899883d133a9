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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever anybody sends, there is an answer, soon, it is no fault of the server, and who was refused has changed nothing. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {

    private static final int REQUESTS = Integer.getInteger("keyledger.requests", 250);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient scim = new ScimClient(new Http(""));
    private JsonNode witness = json("{}");
    private String path = "";

    @BeforeParameterizedClassInvocation
    void makeAWitness() {
        scim = ScimClient.connect(shared, shared.freshRealm("hostile"));
        witness = scim.create("/Users", FullUser.named("witness"));
        path = "/Users/" + witness.get("id").asText();
    }

    @Test
    void aBodyIsReadUpToOneMebibyte() {
        int limit = 1024 * 1024;
        int empty = user("large").put("unknown", "").toString().length();
        String whole = user("large").put("unknown", "x".repeat(limit - empty)).toString();

        assertThat(send("POST", "/Users", whole).status()).isEqualTo(201);
        assertError(send("POST", "/Users", whole + " "), 413, "");
        assertError(send("PATCH", path, " ".repeat(9 * limit)), 413, "");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udfff\\ud800"})
    void aTextThatNoDatabaseKeepsIsRefused(String escaped) {
        String title = patch("{'op':'replace','path':'title','value':'ESCAPED'}")
                .toString()
                .replace("ESCAPED", escaped);
        assertError(send("PATCH", path, title), 400, "invalidValue");
        String body = "{\"schemas\":[\"" + SEARCH + "\"],\"filter\":\"userName eq \\\"" + escaped.replace("\\", "\\\\")
                + "\\\"\"}";
        assertError(send("POST", "/Users/.search", body), 400, "invalidFilter");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9E23372036854775807", "-1e99999999999"})
    void aNumberThatNobodyCanHoldIsRefused(String number) {
        assertError(send("POST", "/Users", number), 400, "invalidSyntax");
        assertError(
                send(
                        "PATCH",
                        path,
                        patch("{'op':'replace','path':'active','value':1}")
                                .toString()
                                .replace(":1}", ":" + number + '}')),
                400,
                "invalidSyntax");
        assertUnchanged();
    }

    @Test
    void aNumberThatIsFarTooLargeIsNoneOfOurs() {
        String huge = "1E2147483000";
        String count = "{\"schemas\":[\"" + SEARCH + "\"],\"count\":" + huge + '}';
        assertThat(send("POST", "/Users/.search", count).status()).isIn(200, 400);
        assertError(
                send(
                        "PATCH",
                        path,
                        patch("{'op':'replace','path':'title','value':1}")
                                .toString()
                                .replace(":1}", ":" + huge + '}')),
                400,
                "invalidValue");
        assertUnchanged();
    }

    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[32 * 1024 * 1024]);
        }
        assertError(scim.http().with("Content-Encoding", "gzip").send("PUT", path, packed.toByteArray()), 415, "");
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                ";;;",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "Multipart/Mixed;boundary=x",
                "application/scim+json; charset=utf-16",
                "application/json;charset=iso-8859-1",
                "*/*"
            })
    void aBodyThatSaysItIsSomethingElseIs415(String type) {
        byte[] body = user("typed").toString().getBytes(StandardCharsets.UTF_8);
        assertError(scim.http().with("Content-Type", type).send("PUT", path, body), 415, "");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource({
        "5000, tooMany, '{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}'",
        "900, invalidPath, '{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"x@y.example\"}]}'"
    })
    void manyOperationsAreDoneOrRefusedAsAWhole(int count, String scimType, String operation) {
        ObjectNode many = patch();
        for (int i = 0; i < count; i++) {
            many.withArray("Operations").add(json(operation.replace("x@", i + "@")));
        }
        many.withArray("Operations").add(json("{'op':'add','path':'noSuch','value':1}"));
        assertError(scim.http().patch(path, many), 400, scimType);
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"' or 1=1 --\"",
                "userName co \"%\"",
                "userName sw \"_\"",
                "userName ew \"\\\\\"",
                "title co \"${jndi:ldap://127.0.0.1/x}\"",
                "userName eq \"\u0130\"",
                "displayName eq \"e\u0301 or \u00e9\"",
                "emails[value eq \"'; drop table user_entity; --\"]",
                "meta.created lt \"0001-01-03T00:00:00.0000000Z\""
            })
    void aTextThatLooksLikeCodeIsAText(String filter) {
        assertThat(scim.search("/Users", filter).get("totalResults").asInt()).isZero();
    }

    @Test
    void aFilterHasBounds() {
        String many = "userName eq \"a\" or ".repeat(9_999) + "userName eq \"a\"";
        assertError(scim.http().post("/Users/.search", search(many)), 400, "invalidFilter");
        assertError(scim.http().post("/Users/.search", search("(".repeat(20_000))), 400, "invalidFilter");
        String fewer = "userName eq \"a\" or ".repeat(400) + "userName eq \"witness\"";
        assertThat(scim.http()
                        .post("/Users/.search", search(fewer))
                        .expect(200)
                        .json()
                        .get("totalResults")
                        .asInt())
                .isOne();
    }

    /** A database that joins what every clause asks for plans for minutes. */
    @ParameterizedTest
    @CsvSource({
        "'title ne \"T\"', ' and ', 500, 200",
        "'not (phoneNumbers[value co \"x\"])', ' and ', 500, 200",
        "'roles[type eq \"x\" and value co \"y\"]', ' or ', 250, 200",
        "'emails[type eq \"work\" and value co \"@\"]', ' and ', 200, 400"
    })
    void aFilterOfManyClausesIsAskedOrRefusedSoon(String clause, String operator, int clauses, int status) {
        Instant start = Instant.now();
        Http.Reply reply = scim.http()
                .post("/Users/.search", search(clause + (operator + clause).repeat(clauses - 1)))
                .expect(status);
        assertThat(reply.json().path("scimType").asText()).isEqualTo(status == 200 ? "" : "tooMany");
        assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count=99999999999999999999",
                "startIndex=99999999999999999999",
                "startIndex=2147483647&count=2147483647",
                "count=-99999999999999999999&startIndex=-99999999999999999999",
                "attributes=,,,&excludedAttributes=,",
                "filter=",
                "unknown=parameter"
            })
    void anOddQueryIsAQuery(String query) {
        JsonNode page = scim.read("/Users?" + query);
        assertThat(page.get("totalResults").asInt()).isPositive();
        assertThat(page.get("startIndex").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Users/%2F",
                "/Users/%C0%AF",
                "/Users/%ED%A0%80",
                "/Users/%20",
                "/Users/a%3Fb%23c",
                "/Users/%27%20or%201=1",
                "/Groups/%F0%9F%98%80",
                "/Schemas/%00",
                "/%00"
            })
    void anOddPathLeadsNowhere(String where) {
        for (String method : new String[] {"GET", "DELETE", "PATCH"}) {
            String body = method.equals("PATCH")
                    ? patch("{'op':'remove','path':'externalId'}").toString()
                    : "";
            Http.Reply refused = send(method, where, body);
            assertThat(refused.status()).as(method).isIn(200, 404, 405);
            assertThat(refused.status() == 200).isEqualTo(method.equals("GET") && where.endsWith("%2F"));
        }
        assertError(send("GET", "/Users/" + "a".repeat(6_000), ""), 404, "");
        assertUnchanged();
    }

    @Test
    void conditionsMayBeOdd() {
        String version = witness.at("/meta/version").asText();
        ObjectNode same = patch("{'op':'replace','path':'userName','value':'witness'}");
        for (String header : new String[] {"*", version, version.substring(2), "\"x\", " + version, " , " + version}) {
            scim.http().with("If-Match", header).patch(path, same).expect(200);
            scim.http().with("If-None-Match", header).get(path).expect(304);
        }
        for (String header : new String[] {"\"x\"", "W/", "junk", "W/\"\"", ",".repeat(2_000)}) {
            assertError(scim.http().with("If-Match", header).patch(path, same), 412, "");
            scim.http().with("If-None-Match", header).get(path).expect(200);
        }
        assertUnchanged();
    }

    @Test
    void anythingIsAnsweredAndWhatIsRefusedChangesNothing() {
        long seed = Long.getLong("keyledger.seed", System.nanoTime());
        HostileGenerator generator = new HostileGenerator(new Random(seed));
        ScimClient apart = ScimClient.connect(shared, shared.freshRealm("generated"));
        JsonNode before = apart.create("/Users", FullUser.named("witness"));
        for (int i = 0; i < REQUESTS; i++) {
            String where = "/Users/" + before.get("id").asText();
            HostileGenerator.Request request = generator.next(where);
            String about = "-Dkeyledger.seed=" + seed + ", request " + i + ": " + request;
            Instant start = Instant.now();
            Http.Reply reply = request.sendBy(apart.http());

            assertThat(reply.status()).as(about).isBetween(200, 499);
            assertThat(Duration.between(start, Instant.now())).as(about).isLessThan(SOON);
            assertThat(reply.text()).as(about).doesNotContain("\"status\":\"5");
            Http.Reply after = apart.http().get(where);
            if (reply.status() >= 400) {
                assertThat(reply.json().path("status").asText())
                        .as(about + " -> " + reply.text())
                        .isEqualTo(Integer.toString(reply.status()));
                assertThat(after.json()).as(about).isEqualTo(before);
            }
            before = after.status() == 404 ? apart.create("/Users", FullUser.named("witness-" + i)) : after.json();
        }
    }

    private static ObjectNode search(String filter) {
        return json("{'schemas':['" + SEARCH + "']}").put("filter", filter);
    }

    private Http.Reply send(String method, String where, String body) {
        return scim.http().send(method, where, body.getBytes(StandardCharsets.UTF_8));
    }

    private void assertUnchanged() {
        assertThat(scim.read(path)).isEqualTo(witness);
    }
}
