package dev.keyledger.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be said of {@code docker/} without an engine. */
class CompositionTest {

    private final Composition composition =
            Composition.read(ShippedImage.folder().resolve("compose.yaml"));

    @Test
    void theImageIsMadeFromTheKeycloakThatTheTestsRun() {
        assertThat(ShippedImage.keycloak())
                .isEqualTo("quay.io/keycloak/keycloak:" + ShippedImage.distributionVersion());
    }

    @Test
    void noCredentialAndNoAddressHasADefault() {
        assertThat(composition.requiredVariables())
                .containsExactlyInAnyOrder(
                        "KC_HOSTNAME",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        "KEYLEDGER_DB_PASSWORD");
    }

    @Test
    void everyVariableIsExplained() throws IOException {
        Set<String> variables = composition.variables();
        String readme = Files.readString(ShippedImage.folder().resolve("README.md"));
        assertThat(variables)
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(readme).contains("| `" + variable + "` |"));
    }

    @Test
    void onlyKeycloakIsPublishedAndOnlyOnLoopback() {
        JsonNode ports = composition.service("keycloak").get("ports");
        assertThat(ports).hasSize(1).allMatch(port -> port.asText().startsWith("127.0.0.1:"));
        assertThat(composition.service("database").has("ports")).isFalse();
    }
}
