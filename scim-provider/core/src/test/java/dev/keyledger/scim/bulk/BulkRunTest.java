package dev.keyledger.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkRunTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    private static final String BASE = "https://scim.example/v2";
    private static final String POST_A = "{'method':'POST','bulkId':'a','path':'/Users','data':{'userName':'A'}}";
    private static final String POST_B = "{'method':'POST','bulkId':'b','path':'/Users','data':{'userName':'B'}}";
    private static final String BROKEN = "{'method':'POST','bulkId':'x','path':'/Users','data':{'userName':'FAIL'}}";
    private static final String GROUP =
            "{'method':'POST','bulkId':'g','path':'/Groups','data':{'members':[{'value':'bulkId:a'}]}}";

    private final Ledger ledger = new Ledger();

    @Test
    void everyOperationIsAnsweredInTheOrderOfTheRequest() {
        JsonNode response = run(
                50,
                POST_A,
                "{'method':'put','path':'/Users/7','version':'W/\"1\"','data':{}}",
                "{'method':'DELETE','path':'Users/8','bulkId':'gone'}");

        assertThat(response.at("/schemas/0").asText()).isEqualTo(BulkResponse.URN);
        assertThat(response.get("Operations").toString())
                .isEqualTo(json("[{'method':'POST','bulkId':'a','location':'" + BASE
                                + "/Users/id-1','status':'201'},"
                                + "{'method':'PUT','location':'" + BASE + "/Users/7','status':'200'},"
                                + "{'method':'DELETE','bulkId':'gone','location':'" + BASE
                                + "/Users/8','status':'200'}]")
                        .toString());
        assertThat(ledger.committed)
                .containsExactly("POST /Users {\"userName\":\"A\"}", "PUT /Users/7 {}", "DELETE /Users/8 null");
    }

    @Test
    void whatIsReferredToIsDoneFirst() {
        JsonNode response = run(50, GROUP, POST_B, POST_A);

        assertThat(statuses(response)).containsExactly("201", "201", "201");
        assertThat(response.at("/Operations/0/bulkId").asText()).isEqualTo("g");
        assertThat(ledger.committed)
                .containsExactly(
                        "POST /Users {\"userName\":\"A\"}",
                        "POST /Groups {\"members\":[{\"value\":\"id-1\"}]}",
                        "POST /Users {\"userName\":\"B\"}");
    }

    @Test
    void referencesAreResolvedWhereverTheyStand() {
        run(
                1,
                POST_A,
                "{'method':'PATCH','path':'/Users/bulkId:a','data':{'Operations':["
                        + "{'op':'add','path':'manager.value','value':'bulkId:a'},"
                        + "{'op':'remove','path':'members[value eq \"bulkId:a\"]'},"
                        + "{'op':'add','value':{'members':[{'value':'bulkId:a'}],'title':'not bulkId:a'}}]}}");

        assertThat(ledger.committed.get(1))
                .isEqualTo(
                        "PATCH /Users/id-1 {\"Operations\":["
                                + "{\"op\":\"add\",\"path\":\"manager.value\",\"value\":\"id-1\"},"
                                + "{\"op\":\"remove\",\"path\":\"members[value eq \\\"id-1\\\"]\"},"
                                + "{\"op\":\"add\",\"value\":{\"members\":[{\"value\":\"id-1\"}],\"title\":\"not bulkId:a\"}}]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void anOperationThatFailsUndoesNoOther(int chunk) {
        JsonNode response = run(chunk, POST_A, BROKEN, POST_B);

        assertThat(statuses(response)).containsExactly("201", "409", "201");
        assertThat(response.at("/Operations/1/response/scimType").asText()).isEqualTo("uniqueness");
        assertThat(response.at("/Operations/1").has("location")).isFalse();
        assertThat(ledger.committed)
                .containsExactly("POST /Users {\"userName\":\"A\"}", "POST /Users {\"userName\":\"B\"}");
        assertThat(ledger.refused).containsExactly("POST /Users 409");
    }

    @Test
    void anOperationThatTheCommitRefusesIsFoundAndUndoesNoOther() {
        String late = POST_A.replace("'a'", "'late'").replace("'A'", "'LATE'");
        JsonNode response = run(50, POST_A, POST_B, late, "{'method':'DELETE','path':'/Users/8'}");

        assertThat(statuses(response)).containsExactly("201", "201", "500", "200");
        assertThat(ledger.committed).hasSize(3);
    }

    @Test
    void whatRefersToAnOperationThatFailedFailsToo() {
        JsonNode response = run(
                50,
                BROKEN,
                GROUP.replace("bulkId:a", "bulkId:x"),
                POST_A,
                "{'method':'DELETE','path':'/Users/bulkId:x'}");

        assertThat(statuses(response)).containsExactly("409", "409", "201", "409");
        assertThat(response.at("/Operations/3").has("location")).isFalse();
        assertThat(response.at("/Operations/1/response/detail").asText()).contains("\"x\" was not created");
    }

    @Test
    void aReferenceToNothingIsRefused() {
        JsonNode response = run(50, GROUP, POST_B);

        assertThat(statuses(response)).containsExactly("400", "201");
        assertThat(response.at("/Operations/0/response/scimType").asText()).isEqualTo("invalidValue");
        assertThat(response.at("/Operations/0/response/detail").asText()).contains("\"a\"");
    }

    @Test
    void aCircleIsRefusedAndWhatStandsBesideItIsDone() {
        JsonNode response = run(
                50,
                GROUP.replace("'g'", "'one'").replace("bulkId:a", "bulkId:two"),
                GROUP.replace("'g'", "'two'").replace("bulkId:a", "bulkId:one"),
                GROUP.replace("'g'", "'self'").replace("bulkId:a", "bulkId:self"),
                GROUP.replace("'g'", "'behind'").replace("bulkId:a", "bulkId:one"),
                POST_A,
                GROUP);

        assertThat(statuses(response)).containsExactly("409", "409", "409", "409", "201", "201");
        assertThat(response.at("/Operations/2/response/detail").asText()).contains("circle");
        assertThat(response.at("/Operations/3/response/detail").asText()).contains("\"one\" was not created");
    }

    @Test
    void aBulkIdThatIsUsedTwiceIsNoOnes() {
        JsonNode response = run(50, POST_A, POST_B.replace("'b'", "'a'"), GROUP);

        assertThat(statuses(response)).containsExactly("400", "400", "409");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void afterEnoughErrorsTheRestIsLeftUndone(int chunk) {
        BulkRequest request = request("{'failOnErrors':2}", POST_A, BROKEN, POST_B, "{'method':'GET'}", GROUP);
        JsonNode response = new BulkRun(request, chunk, ledger).run().toJson(BASE);

        assertThat(statuses(response)).containsExactly("201", "409", "201", "400");
        assertThat(ledger.committed)
                .containsExactly("POST /Users {\"userName\":\"A\"}", "POST /Users {\"userName\":\"B\"}");
        assertThat(ledger.refused).containsExactly("POST /Users 409", "GET  400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text'",
                "{}",
                "{'method':'GET','path':'/Users/1'}",
                "{'method':'POST','path':'/Users','data':{}}",
                "{'method':'POST','bulkId':'m','path':'/Users'}",
                "{'method':'PUT','path':'/Users/1','data':[]}",
                "{'method':'PATCH','data':{}}",
                "{'method':'DELETE','path':7}",
                "{'method':'DELETE','path':'/Users/1','version':7}"
            })
    void aMalformedOperationIsAnsweredWithItsOwnError(String operation) {
        JsonNode response = run(50, operation, POST_A);

        assertThat(statuses(response)).containsExactly("400", "201");
        assertThat(response.at("/Operations/0/response/scimType").asText()).isEqualTo("invalidSyntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "'2'", "99999999999"})
    void failOnErrorsThatIsNoNumberOfErrorsIsRefused(String value) {
        assertThatThrownBy(() -> request("{'failOnErrors':" + value + "}", POST_A))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void moreOperationsThanAllowedAre413() {
        assertThatThrownBy(() -> request("{}", POST_A, POST_B, GROUP, BROKEN, POST_A, POST_A, POST_A))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    private JsonNode run(int chunk, String... operations) {
        return new BulkRun(request("{}", operations), chunk, ledger).run().toJson(BASE);
    }

    private static BulkRequest request(String head, String... operations) {
        ObjectNode body = (ObjectNode) json(head);
        body.putArray("schemas").add(BulkRequest.URN);
        for (String operation : operations) {
            body.withArray("Operations").add(json(operation));
        }
        return BulkRequest.parse(body, 6);
    }

    private static List<String> statuses(JsonNode response) {
        List<String> statuses = new ArrayList<>();
        response.get("Operations")
                .forEach(each -> statuses.add(each.get("status").asText()));
        return statuses;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Keeps what was committed; the user FAIL is refused at once, the user LATE at the commit. */
    private static final class Ledger implements BulkExecutor {
        final List<String> committed = new ArrayList<>();
        final List<String> refused = new ArrayList<>();
        private int created;

        @Override
        public <T> T inTransaction(Function<Operations, T> work) {
            List<String> pending = new ArrayList<>();
            int before = created;
            try {
                T result = work.apply(operation -> execute(operation, pending));
                if (pending.toString().contains("LATE")) {
                    throw new IllegalStateException("the commit failed");
                }
                committed.addAll(pending);
                return result;
            } catch (RuntimeException rolledBack) {
                created = before;
                throw rolledBack;
            }
        }

        private Done execute(BulkOperation operation, List<String> pending) {
            if (String.valueOf(operation.data()).contains("FAIL")) {
                throw ScimException.uniqueness("taken");
            }
            pending.add(operation.method() + ' ' + operation.path() + ' ' + operation.data());
            if (operation.isCreation()) {
                String id = "id-" + ++created;
                return new Done(201, id, BASE + operation.path() + '/' + id, null);
            }
            return new Done(200, "an-id", BASE + operation.path(), null);
        }

        @Override
        public ScimException fault(RuntimeException thrown) {
            return thrown instanceof ScimException scim ? scim : ScimException.internal("broken");
        }

        @Override
        public void refused(List<BulkResult> results) {
            results.forEach(result -> refused.add(result.operation().method()
                    + ' '
                    + result.operation().path()
                    + ' '
                    + java.util.Objects.requireNonNull(result.fault()).status()));
        }
    }
}
