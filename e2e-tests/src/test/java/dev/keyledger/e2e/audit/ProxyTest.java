package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import org.junit.jupiter.api.Test;

/** Behind a proxy that Keycloak is told to believe, the address is the one that the proxy names, and the entry says so. */
class ProxyTest {

    @Test
    void anAddressThatAProxyNamesIsTheOneOfTheEntryAndMarkedAsBelieved() {
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                .withOptions("--proxy-headers=xforwarded")
                .startAfresh("proxied")) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm("proxied");
            AuditLog log = admin.auditLog("proxied");
            admin.realm("proxied")
                    .with("X-Forwarded-For", "203.0.113.7, 10.0.0.1")
                    .post("/roles", new ObjectMapper().createObjectNode().put("name", "from-afar"))
                    .expect(201);

            log.awaitSealed();
            JsonNode net = log.entry(
                            log.entries("target=from-afar").get(0).get("id").asText())
                    .at("/slots/net/value");
            assertThat(net.get("ip").asText()).isEqualTo("203.0.113.7");
            assertThat(net.get("forwarded").asText()).isEqualTo("203.0.113.7, 10.0.0.1");
            assertThat(net.get("forwardedTrusted").asText()).isEqualTo("true");
        }
    }
}
