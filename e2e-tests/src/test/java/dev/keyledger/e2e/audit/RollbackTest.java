package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A change and its entry are one: neither stays when the other cannot. */
@ParameterizedClass
@EnumSource(SharedServer.class)
class RollbackTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    SharedServer shared = SharedServer.H2;

    /** Keycloak raises the event of a renamed role first; the database refuses the second role of one name at the flush. */
    @Test
    void aChangeThatTheDatabaseRefusesAfterItsEventLeavesNoEntry() {
        AdminClient admin = shared.admin();
        String realm = shared.freshRealm("rollback");
        Http http = admin.realm(realm);
        createRole(http, "first");
        createRole(http, "second");
        AuditLog log = admin.auditLog(realm);
        log.awaitSealed();
        List<JsonNode> before = log.entries("");
        ObjectNode second = (ObjectNode) http.get("/roles/second").expect(200).json();

        Http.Reply refused = http.put("/roles-by-id/" + second.get("id").asText(), second.put("name", "first"));

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        http.get("/roles/second").expect(200);
        log.awaitSealed();
        assertThat(log.entries("")).isEqualTo(before);
    }

    /** A refused login's event and a refused SCIM request's come when what the request did is undone already. */
    @Test
    void whatIsRaisedBesideATransactionThatIsRolledBackHasItsEntry() {
        AdminClient admin = shared.admin();
        String realm = shared.freshRealm("refused");
        admin.createUser(realm, "known", "known-password");
        admin.createServiceAccount(realm, "hr", "hr-secret", List.of("manage-users"));
        Http scim = admin.scim(realm, "hr", "hr-secret").with("Content-Type", "application/scim+json");
        ObjectNode person = JSON.createObjectNode().put("userName", "known");
        person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");

        assertThat(scim.post("/Users", person).status()).isEqualTo(409);
        assertThat(admin.login(realm, "admin-cli", "known", "guessed").status()).isIn(400, 401);

        AuditLog log = admin.auditLog(realm);
        log.awaitSealed();
        assertThat(log.entries("outcome=failure"))
                .extracting(entry -> entry.get("kind").asText() + " "
                        + entry.get("operation").asText())
                .containsExactlyInAnyOrder("scim CREATE", "user LOGIN");
        assertThat(admin.realm(realm).get("/users?search=known").expect(200).json())
                .hasSize(1);
    }

    private static void createRole(Http http, String name) {
        http.post("/roles", JSON.createObjectNode().put("name", name)).expect(201);
    }
}
