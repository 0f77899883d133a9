package dev.keyledger.e2e.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The shipped jar in containers: a person is provisioned, and the log of it stands up to an auditor. */
class ContainerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "acme";
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9000;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static Optional<String> lacking = Optional.empty();

    @TempDir
    Path folder;

    @BeforeAll
    static void lookForAnEngine() {
        lacking = ContainerEngine.lacks(ShippedImage.keycloak());
        lacking.ifPresent(reason -> System.out.println("skipped: " + reason + "; no test of a container ran"));
    }

    @BeforeEach
    void skipWithoutAnEngine() {
        assumeTrue(lacking.isEmpty(), () -> lacking.orElse(""));
    }

    @Test
    void keycloaksOwnImageServesTheShippedJar() {
        try (var keycloak = new KeycloakContainer(ShippedImage.keycloak())
                .withProviderLibsFrom(List.of(ShippedImage.jar().toFile()))
                .withStartupTimeout(START_LIMIT)) {
            start(keycloak);
            aProvisionedUserIsInALogThatVerifies(keycloak.getAuthServerUrl());
        }
    }

    @Test
    void theImageWeShipRunsOnPostgresWithTheEnvironmentOfItsComposition()
            throws IOException, SQLException, InterruptedException {
        Composition composition = Composition.read(ShippedImage.folder().resolve("compose.yaml"));
        String password = "database-password";
        Map<String, String> environment = composition.environment(
                "keycloak",
                Map.of(
                        "KC_HOSTNAME",
                        "https://id.example.com",
                        "KEYLEDGER_DB_PASSWORD",
                        password,
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        DistLauncher.ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        DistLauncher.ADMIN_PASSWORD));
        try (var postgres = ReachablePostgres.start(folder, "keycloak", password);
                var keycloak = new GenericContainer<>(ShippedImage.built())
                        .withEnv(environment)
                        .withExtraHost("database", "host-gateway")
                        .withEnv("KC_DB_URL_PORT", Integer.toString(postgres.port()))
                        .withExposedPorts(HTTP, MANAGEMENT)
                        .waitingFor(Wait.forHttp("/health/ready").forPort(MANAGEMENT))
                        .withStartupTimeout(START_LIMIT)) {
            start(keycloak);
            ExecResult health = keycloak.execInContainer(composition.healthCheck("keycloak"));
            assertThat(health.getExitCode()).as(health.getStderr()).isZero();
            String log = aProvisionedUserIsInALogThatVerifies(
                    "http://" + keycloak.getHost() + ":" + keycloak.getMappedPort(HTTP));
            assertThat(log).startsWith("id.example.com/");
        }
    }

    private static void start(GenericContainer<?> container) {
        ToStringConsumer output = new ToStringConsumer();
        // it is over before the second compiler pays
        container.withEnv("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1").withLogConsumer(output);
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            throw new AssertionError("the container did not start; it printed:\n" + output.toUtf8String(), e);
        }
    }

    /** Answers the log's origin. */
    private String aProvisionedUserIsInALogThatVerifies(String baseUrl) {
        AdminClient admin = new AdminClient(baseUrl);
        admin.createRealm(REALM);
        admin.createServiceAccount(REALM, "scim", "scim-secret", List.of("manage-users"));
        ObjectNode person = JSON.createObjectNode().put("userName", "alice");
        person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        String id = admin.scim(REALM, "scim", "scim-secret")
                .with("Content-Type", "application/scim+json")
                .post("/Users", person)
                .expect(201)
                .json()
                .get("id")
                .asText();

        AuditLog log = admin.auditLog(REALM);
        JsonNode status = log.awaitSealed();
        assertThat(log.entries("kind=scim&operation=CREATE&resourceType=USER"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.at("/target/id").asText()).isEqualTo(id);
                    assertThat(log.entry(entry.get("id").asText())
                                    .at("/proof/checkpoint")
                                    .isMissingNode())
                            .isFalse();
                });

        Path bundle = log.bundle(folder.resolve("evidence.zip"));
        Command verdict = Command.verify(ShippedImage.jar(), bundle);
        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        return status.get("origin").asText();
    }
}
