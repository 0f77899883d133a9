package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server does by itself: it starts, it ends, it imports. */
class ServerLogTest {

    private static String managementOfMaster(AdminClient admin) {
        Http.Reply found = admin.realm("master").get("/clients?clientId=master-realm");
        return "/clients/" + found.expect(200).json().get(0).get("id").asText();
    }

    private static void refuseThree(KeycloakServer server) {
        new AdminClient(server).createRealm("flooded");
        for (int i = 0; i < 3; i++) {
            new Http(server.baseUrl() + "/realms/flooded/scim/v2").get("/Users").expect(401);
        }
    }

    private static List<String> countsOfRefusals(AuditLog log) {
        log.awaitSealed();
        return log.entries("kind=user&operation=CLIENT_LOGIN").stream()
                .map(entry -> log.entry(entry.get("id").asText())
                        .at("/slots/change/value/details/scim.count")
                        .asText())
                .toList();
    }

    @Test
    void theServerTellsItsStartsAndEndsAndWhatItImports() throws IOException, SQLException {
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.H2.database("serverlog"))
                .withOptions("--import-realm")
                .startAfresh("serverlog")) {
            refuseThree(server);
            server.stop();
            try (LogTables tables = LogTables.open(server, new Database.H2())) {
                tables.execute("delete from COMPOSITE_ROLE where CHILD_ROLE in"
                        + " (select ID from KEYCLOAK_ROLE where NAME = 'audit-export')");
                tables.execute("delete from KEYCLOAK_ROLE where NAME = 'audit-export'");
            }
            Path folder = Files.createDirectories(server.home().resolve("data/import"));
            Files.writeString(
                    folder.resolve("imported.json"),
                    "{\"realm\":\"imported\",\"enabled\":true,\"displayName\":\"From a file\","
                            + "\"users\":[{\"username\":\"ada\",\"enabled\":true}]}");
            server.start();

            AdminClient admin = new AdminClient(server);
            assertThat(admin.realm("master")
                            .get(managementOfMaster(admin) + "/roles/audit-export")
                            .status())
                    .as("a role that a realm lacks comes with the start")
                    .isEqualTo(200);
            AuditLog own = new AuditLog(admin.realm("master").below("/audit-log/server"));
            own.awaitSealed();
            assertThat(own.entries(""))
                    .extracting(entry -> entry.get("operation").asText())
                    .as("newest first; the settings are told when they are others")
                    .containsExactly("STARTUP", "SHUTDOWN", "POLICY", "STARTUP");
            JsonNode policy = own.entry(own.entries("").get(2).get("id").asText());
            assertThat(policy.at("/slots/change/value/after/failOpen")).isEmpty();
            assertThat(policy.at("/slots/change/value/after/excludedEvents").toString())
                    .contains("REFRESH_TOKEN", "INTROSPECT_TOKEN", "USER_INFO_REQUEST");
            JsonNode started = own.entry(own.entries("").get(0).get("id").asText());
            assertThat(started.at("/slots/change/value/after/keycloak").asText())
                    .startsWith("26.");

            assertThat(countsOfRefusals(admin.auditLog("flooded")))
                    .as("the first when it came, the number when the server ended")
                    .containsExactlyInAnyOrder("", "3");

            AuditLog imported = admin.auditLog("imported");
            imported.awaitSealed();
            List<JsonNode> entries = imported.entries("");
            assertThat(entries).hasSize(1);
            JsonNode realm = imported.entry(entries.get(0).get("id").asText());
            assertThat(realm.get("kind").asText()).isEqualTo("system");
            assertThat(realm.get("operation").asText()).isEqualTo("CREATE");
            assertThat(realm.at("/actor/type").asText()).isEqualTo("system");
            assertThat(realm.at("/slots/change/value/after/displayName").asText())
                    .isEqualTo("From a file");
            admin.realm("imported").get("/audit-log/server/status").expect(404);
        }
    }
}
