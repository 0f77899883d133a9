package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a realm is recorded can be changed while the server runs, within its options, and never in silence. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
class PolicyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration IN_FORCE_WITHIN = Duration.ofSeconds(20);
    private static final Duration ALARM_WITHIN = Duration.ofSeconds(60);
    private static final String WITHOUT_LOGINS = "{\"excluded\":{\"user\":[\"LOGIN\"]},\"failOpen\":[]}";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http http = new Http("");
    private AuditLog log = new AuditLog(http);

    @BeforeEach
    void makeARealm() {
        realm = shared.freshRealm("policy");
        admin = shared.admin();
        http = admin.realm(realm);
        log = admin.auditLog(realm);
        admin.createUser(realm, "visitor", "visitor-password");
    }

    @Test
    void whatARealmExcludesIsNotRecordedUntilItIsAgain() {
        JsonNode before = policy();
        login();
        assertThat(log.entries("operation=LOGIN")).hasSize(1);

        change(WITHOUT_LOGINS);
        login();
        http.post("/roles", JSON.createObjectNode().put("name", "still-recorded"))
                .expect(201);
        log.awaitSealed();
        assertThat(log.entries("operation=LOGIN")).hasSize(1);
        assertThat(log.entries("target=still-recorded")).hasSize(1);

        change("{\"excluded\":" + before.get("excluded") + ",\"failOpen\":[]}");
        login();
        assertThat(log.entries("operation=LOGIN")).hasSize(2);
    }

    @Test
    void everyChangeOfThePolicyIsAnEntryWithTheOldOneAndTheNew() {
        JsonNode before = policy();

        change(WITHOUT_LOGINS);
        change(WITHOUT_LOGINS);

        log.awaitSealed();
        List<JsonNode> told = log.entries("operation=POLICY");
        assertThat(told).as("one for each policy that is another").hasSize(1);
        JsonNode entry = log.entry(told.get(0).get("id").asText());
        assertThat(entry.get("kind").asText()).isEqualTo("system");
        assertThat(entry.at("/actor/name").asText()).isEqualTo(DistLauncher.ADMIN);
        assertThat(entry.at("/slots/change/value/before/excluded.user")).isEqualTo(before.at("/excluded/user"));
        assertThat(entry.at("/slots/change/value/after/excluded.user").toString())
                .isEqualTo("[\"LOGIN\"]");
    }

    @Test
    void lessThanTheServersOptionsAllowIsRefusedAndChangesNothing() {
        JsonNode before = policy();

        for (String less : List.of(
                "{\"excluded\":{\"admin\":[\"CREATE USER\"]}}",
                "{\"excluded\":{\"scim\":[\"CREATE USER\"]}}",
                "{\"failOpen\":[\"admin\"]}")) {
            Http.Reply refused = put(less);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().get("error_description").asText()).contains("less would be recorded");
        }

        assertThat(put("no policy").status()).isEqualTo(400);
        assertThat(policy()).isEqualTo(before);
        assertThat(log.entries("operation=POLICY")).isEmpty();
    }

    @Test
    void whoMayReadTheLogMayNotConfigureIt() {
        admin.createServiceAccount(realm, "auditor", "auditor-secret", List.of("view-events"));
        Http auditor = new Http(shared.server().baseUrl())
                .below("/admin/realms/" + realm + "/audit-log")
                .bearer(admin.serviceAccountToken(realm, "auditor", "auditor-secret"));

        auditor.get("/status").expect(200);
        auditor.get("/policy").expect(403);
        assertThat(auditor.send("PUT", "/policy", WITHOUT_LOGINS.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPolicyThatIsWrittenIntoTheTableIsNotFollowedAndAnAlarmIsRaisedUntilItIsGivenAgain() {
        assumeTrue(shared == SharedServer.POSTGRES, "H2's file is the server's alone");
        change("{\"excluded\":{\"user\":[\"LOGOUT\"]},\"failOpen\":[]}");
        String id = http.get("").expect(200).json().get("id").asText();

        shared.execute(
                "update AUDIT_POLICY set POLICY = replace(POLICY, 'LOGOUT', 'LOGIN') where REALM_ID = '" + id + "'");

        await("everything is recorded", () -> policy().at("/excluded/user").isEmpty());
        login();
        assertThat(log.entries("operation=LOGIN")).hasSize(1);
        assertThat(shared.server().logs()).contains("AUDIT ALARM: the capture policy of realm " + id);
        JsonNode alarm = log.awaitEntry("operation=INTEGRITY_ALARM");
        assertThat(alarm.at("/slots/change/value/details/check").asText()).isEqualTo("policy");
        assertThat(alarm.at("/slots/change/value/details/finding").asText()).contains("realm " + id);
        await(
                "health tells it",
                () -> new Http(shared.server().managementUrl())
                                .get("/health/group/keyledger")
                                .status()
                        == 503);
        assertThat(findings()).isOne();

        change(WITHOUT_LOGINS);
        await("the finding is gone", () -> findings() == 0);
        assertThat(log.entries("operation=INTEGRITY_ALARM")).as("one alarm").hasSize(1);
    }

    private void login() {
        admin.login(realm, "admin-cli", "visitor", "visitor-password").expect(200);
    }

    private JsonNode policy() {
        return http.get("/audit-log/policy").expect(200).json();
    }

    private Http.Reply put(String policy) {
        return http.send("PUT", "/audit-log/policy", policy.getBytes(StandardCharsets.UTF_8));
    }

    /** And waits until it is in force. */
    private void change(String policy) {
        JsonNode wanted = put(policy).expect(200).json();
        Await.until("the policy is in force", IN_FORCE_WITHIN, () -> policy().equals(wanted));
        assertThat(read(policy).at("/excluded/user")).isEqualTo(wanted.at("/excluded/user"));
    }

    private int findings() {
        return log.http()
                .get("/verification")
                .expect(200)
                .json()
                .get("findings")
                .size();
    }

    private static void await(String what, Callable<Boolean> is) {
        Await.until(what, ALARM_WITHIN, is);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + json, e);
        }
    }
}
