package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many operations in one request: in the order of their references, each with its own answer, none at another's cost. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkTest {

    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static final String BULK_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        realm = shared.freshRealm("bulk");
        scim = ScimClient.connect(shared, realm);
    }

    @Test
    void referencesWorkForwardAndAcrossTypes() {
        String leaver = scim.createUser("bulk-leaver");
        ObjectNode report = user("bulk-report");
        report.putObject(ScimClient.ENTERPRISE).putObject("manager").put("value", "bulkId:boss");

        JsonNode response = bulk(
                post("team", "/Groups", group("Bulk team", "bulkId:report", "bulkId:boss")),
                post("report", "/Users", report),
                post("boss", "/Users", user("bulk-boss")),
                operation(
                        "PATCH",
                        "/Groups/bulkId:team",
                        patch("{'op':'remove','path':'members[value eq \"bulkId:boss\"]'}")),
                operation("PATCH", "/Users/bulkId:boss", patch("{'op':'add','path':'title','value':'Boss'}")),
                json("{'method':'DELETE','path':'/Users/" + leaver + "'}"));

        assertThat(response.at("/schemas/0").asText()).isEqualTo(BULK_RESPONSE);
        assertThat(statuses(response)).containsExactly("201", "201", "201", "200", "200", "204");
        JsonNode team = read(response, 0);
        JsonNode boss = read(response, 2);
        assertThat(team.at("/members").findValuesAsText("value"))
                .containsExactly(read(response, 1).get("id").asText());
        assertThat(read(response, 1).get(ScimClient.ENTERPRISE).at("/manager/value"))
                .isEqualTo(boss.get("id"));
        assertThat(boss.get("title").asText()).isEqualTo("Boss");
        assertThat(response.at("/Operations/0/bulkId").asText()).isEqualTo("team");
        assertThat(response.at("/Operations/4/version")).isEqualTo(boss.at("/meta/version"));
        assertThat(response.at("/Operations/4/location")).isEqualTo(boss.at("/meta/location"));
        scim.http().get("/Users/" + leaver).expect(404);
    }

    @Test
    void anOperationThatFailsUndoesNoOther() {
        scim.createUser("bulk-taken");
        List<ObjectNode> operations = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            operations.add(post("u" + i, "/Users", user("bulk-many-" + i)));
        }
        operations.set(7, post("u7", "/Users", user("bulk-taken")));
        operations.set(30, operation("PUT", "/Users/nobody", user("bulk-nobody")));
        operations.set(58, json("{'method':'PUT'}"));

        JsonNode response = bulk(operations.toArray(ObjectNode[]::new));

        assertThat(statuses(response).stream()
                        .filter(status -> status.equals("201"))
                        .count())
                .isEqualTo(57);
        assertThat(response.at("/Operations/7/status").asText()).isEqualTo("409");
        assertThat(response.at("/Operations/7/response/scimType").asText()).isEqualTo("uniqueness");
        assertThat(response.at("/Operations/30/status").asText()).isEqualTo("404");
        assertThat(response.at("/Operations/30/location").asText())
                .isEqualTo(scim.http().base() + "/Users/nobody");
        assertThat(response.at("/Operations/58/response/schemas/0").asText()).isEqualTo(ScimClient.ERROR);
        assertThat(scim.search("/Users", "userName sw \"bulk-many-\"")
                        .get("totalResults")
                        .asInt())
                .isEqualTo(57);
    }

    @Test
    void afterEnoughErrorsTheRestIsLeftUndone() {
        JsonNode response = scim.http()
                .post(
                        "/Bulk",
                        request(
                                        post("a", "/Users", user("bulk-before")),
                                        operation("DELETE", "/Users/nobody", json("{}")),
                                        post("b", "/Users", user("bulk-after")))
                                .put("failOnErrors", 1))
                .expect(200)
                .json();

        assertThat(statuses(response)).containsExactly("201", "404");
        assertThat(each(scim.search("/Users", "userName eq \"bulk-before\" or userName eq \"bulk-after\""), "userName"))
                .containsExactly("bulk-before");
    }

    @Test
    void circlesAndReferencesToNothingAreRefused() {
        JsonNode response = bulk(
                post("one", "/Groups", group("Bulk one", "bulkId:two")),
                post("two", "/Groups", group("Bulk two", "bulkId:one")),
                post("three", "/Groups", group("Bulk three", "bulkId:nobody")));

        assertThat(statuses(response)).containsExactly("409", "409", "400");
        assertThat(scim.search("/Groups", "displayName sw \"Bulk o\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    void aVersionIsACondition() {
        JsonNode created = scim.create("/Users", user("bulk-version"));
        String path = "/Users/" + created.get("id").asText();
        ObjectNode patch = operation("PATCH", path, patch("{'op':'add','path':'title','value':'New'}"))
                .put("version", created.at("/meta/version").asText());

        JsonNode response = bulk(patch, patch);

        assertThat(statuses(response)).containsExactly("200", "412");
        assertThat(scim.read(path).at("/meta/version"))
                .isEqualTo(response.at("/Operations/0/version"))
                .isNotEqualTo(created.at("/meta/version"));
    }

    @Test
    void eachOperationIsOneEntryAndSoIsTheBulk() {
        AuditLog log = shared.admin().auditLog(realm);
        Http.Reply reply = scim.http()
                .post(
                        "/Bulk",
                        request(
                                post("a", "/Users", user("bulk-logged")),
                                post("b", "/Users", user("bulk-logged")),
                                post("g", "/Groups", group("Bulk logged", "bulkId:a"))))
                .expect(200);
        String requestId = reply.header("X-Request-Id").orElseThrow();
        log.awaitSealed();

        List<String> told = new ArrayList<>();
        for (JsonNode summary : log.entries("kind=scim")) {
            JsonNode entry = log.entry(summary.get("id").asText());
            if (entry.at("/slots/net/value/requestId").asText().equals(requestId)) {
                told.add(entry.get("operation").asText()
                        + ' '
                        + entry.at("/target/type").asText()
                        + ' '
                        + entry.get("outcome").asText());
            }
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "CREATE USER success",
                        "CREATE USER failure",
                        "CREATE GROUP success",
                        "ACTION SCIM_BULK success");
    }

    @Test
    void theLimitsAreToldAndKept() {
        JsonNode bulk = scim.read("/ServiceProviderConfig").get("bulk");
        assertThat(bulk).isEqualTo(json("{'supported':true,'maxOperations':1000,'maxPayloadSize':4194304}"));

        ObjectNode[] many = new ObjectNode[1001];
        java.util.Arrays.fill(many, post("many", "/Users", user("bulk-too-many")));
        assertError(scim.http().post("/Bulk", request(many)), 413, "");
        ObjectNode large = user("bulk-too-large").put("title", "x".repeat(4 * 1024 * 1024));
        assertError(scim.http().post("/Bulk", request(post("large", "/Users", large))), 413, "");
        assertThat(scim.search("/Users", "userName sw \"bulk-too-\"")
                        .get("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    void whatIsNoBulkIsRefusedAsAWhole() {
        ObjectNode create = post("a", "/Users", user("bulk-refused"));
        assertError(scim.http().post("/Bulk", json("{'Operations':[]}")), 400, "invalidSyntax");
        assertError(scim.http().post("/Bulk", request()), 400, "invalidSyntax");
        assertError(scim.http().post("/Bulk", request(create).put("failOnErrors", "many")), 400, "invalidValue");
        assertError(scim.http().get("/Bulk"), 405, "");
        assertThat(statuses(bulk(
                        post("n", "/Bulk", request(create)),
                        post("s", "/Users/.search", json("{}")),
                        post("i", "/Users/some-id", user("bulk-refused")),
                        operation("PUT", "/Users", user("bulk-refused")))))
                .containsExactly("404", "404", "405", "405");
    }

    @Test
    void aClientWithoutTheRightIsRefusedOperationByOperation() {
        Http viewer = ScimClient.connect(shared, realm, "bulk-viewer", List.of("view-users"))
                .http();
        JsonNode response = viewer.post("/Bulk", request(post("a", "/Users", user("bulk-by-viewer"))))
                .expect(200)
                .json();
        assertThat(statuses(response)).containsExactly("403");
        Http nobody =
                ScimClient.connect(shared, realm, "bulk-nobody", List.of()).http();
        assertError(nobody.post("/Bulk", request(post("a", "/Users", user("bulk-by-nobody")))), 403, "");
    }

    private JsonNode bulk(ObjectNode... operations) {
        return scim.http().post("/Bulk", request(operations)).expect(200).json();
    }

    private static ObjectNode request(ObjectNode... operations) {
        ObjectNode request = json("{'schemas':['" + BULK + "'],'Operations':[]}");
        for (ObjectNode operation : operations) {
            request.withArray("Operations").add(operation);
        }
        return request;
    }

    private static ObjectNode post(String bulkId, String path, ObjectNode data) {
        return operation("POST", path, data).put("bulkId", bulkId);
    }

    private static ObjectNode operation(String method, String path, ObjectNode data) {
        ObjectNode operation = json("{}").put("method", method).put("path", path);
        return operation.set("data", data);
    }

    private JsonNode read(JsonNode response, int operation) {
        String location = response.at("/Operations/" + operation + "/location").asText();
        return scim.read(location.substring(scim.http().base().length()));
    }

    private static List<String> statuses(JsonNode response) {
        List<String> statuses = new ArrayList<>();
        response.get("Operations")
                .forEach(operation -> statuses.add(operation.get("status").asText()));
        return statuses;
    }
}
