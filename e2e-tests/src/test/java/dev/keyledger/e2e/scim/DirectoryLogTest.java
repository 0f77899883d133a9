package dev.keyledger.e2e.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import org.junit.jupiter.api.Test;

/** Users whom Keycloak takes over from a directory, of which it raises no event, are in the log. */
class DirectoryLogTest {
    private final AdminClient admin = SharedServer.H2.admin();
    private final String realm = SharedServer.H2.freshRealm("directory");
    private final AuditLog log = admin.auditLog(realm);

    @Test
    void whoIsTakenOverFromADirectoryIsInTheLog() {
        try (Directory directory = Directory.start()) {
            directory.add("gil");
            directory.add("hal");
            Http http = admin.realm(realm);
            directory.serve(http, "READ_ONLY");

            http.get("/users?username=gil&exact=true").expect(200);
            JsonNode found = log.awaitEntry("target=gil");
            assertThat(found.get("kind").asText()).isEqualTo("system");
            assertThat(found.get("operation").asText()).isEqualTo("CREATE");
            assertThat(found.at("/actor/name").asText()).isEqualTo(DistLauncher.ADMIN);
            assertThat(found.at("/slots/change/value/after/email").asText()).isEqualTo("gil@example.com");

            admin.login(realm, "admin-cli", "hal", "hal-secret").expect(200);
            JsonNode login = log.awaitEntry("target=hal&operation=LOGIN");
            assertThat(login.at("/slots/change/value/details/roles.granted/0").asText())
                    .isEqualTo("default-roles-" + realm);
            assertThat(login.toString()).doesNotContain("hal-secret");
        }
    }
}
