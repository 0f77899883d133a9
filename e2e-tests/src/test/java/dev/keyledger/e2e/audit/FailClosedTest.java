package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where no entry can be written, nothing is changed; when it can again, all goes on without a restart. What an operator has
 * opened goes through, and leaves a gap that is told.
 */
class FailClosedTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void nothingIsChangedWhileNoEntryCanBeWritten() throws SQLException {
        Database database = SharedServer.POSTGRES.database("failclosed");
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                        .withDatabase(database)
                        .withOptions("--spi-events-listener--keyledger-audit--fail-open=user")
                        .startAfresh("failclosed");
                LogTables tables = LogTables.open(server, database)) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm("acme");
            admin.createServiceAccount("acme", "hr", "hr-secret", List.of("manage-users"));
            Http scim = admin.scim("acme", "hr", "hr-secret").with("Content-Type", "application/scim+json");
            // its token is got before: a login has an entry, too
            Http realm = admin.realm("acme");
            scim.post("/Users", person("before")).expect(201);
            admin.createUser("acme", "visitor", "visitor-password");

            tables.execute("alter table AUDIT_STAGE rename to AUDIT_STAGE_AWAY");
            Http.Reply byScim = scim.post("/Users", person("meanwhile"));
            Http.Reply byAdmin = realm.post("/users", JSON.createObjectNode().put("username", "meanwhile-too"));
            Http.Reply login = admin.login("acme", "admin-cli", "visitor", "visitor-password");
            Http.Reply guess = admin.login("acme", "admin-cli", "visitor", "guessed-password");
            tables.execute("alter table AUDIT_STAGE_AWAY rename to AUDIT_STAGE");

            assertThat(byScim.status()).as(byScim.text()).isEqualTo(500);
            assertThat(byScim.header("Content-Type")).hasValue("application/scim+json");
            assertThat(byScim.json().get("status").asText()).isEqualTo("500");
            assertThat(byScim.json().get("detail").asText())
                    .contains(byScim.header("X-Request-Id").orElseThrow());
            assertThat(byAdmin.status()).as(byAdmin.text()).isEqualTo(500);
            assertThat(login.status()).as(login.text()).isEqualTo(200);
            assertThat(guess.status()).as(guess.text()).isIn(400, 401);
            JsonNode gap = admin.auditLog("acme").awaitEntry("operation=GAP");
            assertThat(gap.at("/slots/change/value/details/entries").asLong()).isEqualTo(2);
            assertThat(realm.get("/users?search=meanwhile").expect(200).json()).isEmpty();
            scim.post("/Users", person("meanwhile")).expect(201);
            admin.auditLog("acme").awaitSealed();
            assertThat(admin.auditLog("acme").entries("target=meanwhile&outcome=success"))
                    .hasSize(1);
        }
    }

    private static ObjectNode person(String userName) {
        ObjectNode person = JSON.createObjectNode().put("userName", userName);
        person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        return person;
    }
}
