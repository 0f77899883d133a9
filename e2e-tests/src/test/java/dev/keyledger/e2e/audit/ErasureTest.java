package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A person is erased on a running server, unless a hold forbids it. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private AuditLog log = new AuditLog(new Http(""));

    @BeforeParameterizedClassInvocation
    void makeARealm() {
        realm = shared.freshRealm("erase");
        admin = shared.admin();
        log = admin.auditLog(realm);
    }

    @Test
    void aPersonOnHoldIsNotErasedAndBothAreEntries() {
        String id = createUser("held-" + shared.name().toLowerCase(Locale.ROOT));
        log.awaitSealed();
        String subject = subjects(id).get(0).get("subject").asText();
        assertThat(log.http().put("/holds/" + subject, JSON.createObjectNode()).status())
                .isEqualTo(400);
        log.http()
                .put("/holds/" + subject, JSON.createObjectNode().put("reason", "case 42"))
                .expect(200);

        Http.Reply refused = erase(subject);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("case 42");
        assertThat(subjects(id).get(0).get("state").asText()).isEqualTo("held");
        assertThat(log.http()
                        .get("/holds")
                        .expect(200)
                        .json()
                        .get("holds")
                        .get(0)
                        .get("reason")
                        .asText())
                .isEqualTo("case 42");

        log.http().delete("/holds/" + subject).expect(204);
        assertThat(log.http().delete("/holds/" + subject).status()).isEqualTo(404);
        log.awaitSealed();
        assertThat(log.entries("operation=HOLD&target=" + id)).hasSize(1);
        assertThat(log.entries("operation=RELEASE&target=" + id)).hasSize(1);
        erase(subject).expect(200);
    }

    @Test
    void whatIsAskedWronglyIsRefusedAndChangesNothing() {
        ObjectNode both =
                JSON.createObjectNode().put("subject", "x").put("user", "y").put("reason", "r");
        assertThat(log.http().post("/erasures", both).status()).isEqualTo(400);
        assertThat(log.http()
                        .post("/erasures", JSON.createObjectNode().put("user", "y"))
                        .status())
                .isEqualTo(400);
        assertThat(log.http()
                        .post(
                                "/erasures",
                                JSON.createObjectNode().put("user", "nobody").put("reason", "r"))
                        .status())
                .isEqualTo(404);
        assertThat(erase("no-such-reference").status()).isEqualTo(404);
        assertThat(log.http().get("/subjects").status()).isEqualTo(400);
    }

    private String createUser(String name) {
        Http.Reply reply =
                admin.realm(realm).post("/users", user(name, name, "old")).expect(201);
        String location = reply.header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static ObjectNode user(String mark, String name, String host) {
        String stem = mark.replaceAll("-zoe$", "");
        return JSON.createObjectNode()
                .put("username", name)
                .put("email", stem + "@" + host + ".example")
                .put("firstName", stem + "given")
                .put("lastName", stem + "family")
                .put("enabled", true);
    }

    private JsonNode subjects(String user) {
        return log.http()
                .get("/subjects?user=" + Http.encode(user))
                .expect(200)
                .json()
                .get("subjects");
    }

    private Http.Reply erase(String subject) {
        return log.http()
                .post(
                        "/erasures",
                        JSON.createObjectNode()
                                .put("subject", subject)
                                .put("reason", "ticket 7")
                                .put("legalBasis", "GDPR 17(1)(b)"));
    }
}
