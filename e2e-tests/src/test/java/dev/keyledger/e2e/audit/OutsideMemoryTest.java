package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server remembers its checkpoints on another volume. That volume goes away and comes back; then an old backup of the database
 * is restored.
 */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutsideMemoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACME = "acme";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter
    SharedServer kind = SharedServer.H2;

    private Path outside = Path.of("");
    private Database database = new Database.H2();
    private @Nullable KeycloakServer server;
    private String laterId = "";
    private AdminClient admin = new AdminClient("");

    @BeforeParameterizedClassInvocation
    void startWithAWitness() throws IOException {
        outside = Files.createTempDirectory("keyledger-witness");
        database = kind.database("witness");
        Path volume = Files.createDirectory(outside.resolve(kind.name()));
        KeycloakServer started = DistLauncher.ofSystemProperties()
                .withDatabase(database)
                .withOptions("--spi-events-listener--keyledger-audit--witness-file=" + volume)
                .startAfresh("witness-" + kind.name().toLowerCase(Locale.ROOT));
        server = started;
        admin = new AdminClient(started);
        admin.createRealm(ACME);
    }

    @AfterParameterizedClassInvocation
    void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void everyCheckpointIsRemembered() {
        admin.createUser(ACME, "ada", "password");

        JsonNode status = await(ACME, OutsideMemoryTest::isRemembered);

        assertThat(status.at("/witness/error").isNull()).isTrue();
    }

    @Test
    @Order(2)
    void aVolumeThatIsGoneStopsNothingAndIsCaughtUpWith() throws IOException {
        Path volume = outside.resolve(kind.name());
        Path away = outside.resolve(kind.name() + "-away");
        Files.move(volume, away);

        admin.createUser(ACME, "grace", "password");
        JsonNode alone = await(
                ACME, status -> isSigned(status) && !status.at("/witness/error").isNull());
        assertThat(alone.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(alone.at("/witness/size").asLong())
                .isLessThan(alone.get("signedSize").asLong());
        assertThat(server().logs()).contains("AUDIT ALARM: the witness " + volume);
        Files.move(away, volume);

        JsonNode caughtUp = await(ACME, OutsideMemoryTest::isRemembered);
        assertThat(caughtUp.at("/witness/error").isNull()).isTrue();
        assertThat(caughtUp.at("/witness/errors").asLong()).isPositive();
    }

    @Test
    @Order(3)
    void aRestoredBackupHaltsTheLogsAndCaptureGoesOn() throws IOException {
        keep("before", await(ACME, OutsideMemoryTest::isRemembered));
        DatabaseBackup backup = restart(null);
        admin.createUser(ACME, "later", "password");
        admin.createRealm("later");
        laterId = admin.realm("later").get("").expect(200).json().get("id").asText();
        JsonNode newest = await(ACME, OutsideMemoryTest::isRemembered);
        keep("lost", newest);
        long size = newest.get("signedSize").asLong();
        await("later", OutsideMemoryTest::isRemembered);
        restart(backup);

        JsonNode halted = await(ACME, status -> status.get("state").asText().equals("HALTED"));
        long restored = halted.get("size").asLong();
        assertThat(restored).isLessThan(size);
        assertThat(halted.get("haltReason").asText()).startsWith("got size " + restored + ", want at least " + size);
        assertThat(server().logs()).contains("AUDIT ALARM: log " + laterId + " is HALTED, it is not in the database");
        admin.createUser(ACME, "meanwhile", "password");
        JsonNode afterwards = admin.auditLog(ACME).status();
        assertThat(afterwards.get("staged").asLong()).isPositive();
        assertThat(afterwards.get("size").asLong()).isEqualTo(restored);
        assertThat(admin.auditLog(ACME).entries("target=meanwhile")).hasSize(1);
    }

    @Test
    @Order(4)
    void aRecoveryBeginsANewEpochWithWhatWasStagedAndTheOldOneStaysProvable() {
        AuditLog log = admin.auditLog(ACME);
        assertThat(begin(log, "").status()).isEqualTo(400);
        assertThat(begin(log, "disk array failed, backup of noon restored").status())
                .isEqualTo(201);
        assertThat(begin(log, "once more").status()).isEqualTo(409);

        JsonNode status = await(ACME, OutsideMemoryTest::isRemembered);
        assertThat(status.get("epoch").asInt()).isEqualTo(2);
        assertThat(status.get("origin").asText()).endsWith("/e2");
        assertThat(log.entries("target=meanwhile")).hasSize(1);
        JsonNode first = log.entry("0");
        assertThat(first.get("operation").asText()).isEqualTo("RECOVERY");
        assertThat(first.at("/slots/actor/value/name").asText()).isEqualTo("admin");
        assertThat(first.at("/slots/change/value/details/halted").asText()).contains("want at least");
        AuditLog old = new AuditLog(log.http().below("/epochs/1"));
        assertThat(old.status().get("state").asText()).isEqualTo("FROZEN");
        assertThat(old.entries("target=grace")).hasSize(1);

        Command newer = verify(log.bundle(outside.resolve("new.zip")));
        assertThat(newer.output()).contains("VERIFIED", "RECOVERY", "backup of noon");
        Path frozen = old.bundle(outside.resolve("old.zip"));
        assertThat(verify(frozen, "--since", kept("before").toString()).output())
                .contains("VERIFIED");
        assertThat(verify(frozen, "--since", kept("lost").toString()).output())
                .contains("TAMPERED", "it was rolled back");
    }

    @Test
    @Order(5)
    void theServersLogAndThatOfALostRealmAreRecoveredAtTheServer() {
        AuditLog own = new AuditLog(admin.realm("master").below("/audit-log/server"));
        assertThat(own.status().get("state").asText()).isEqualTo("HALTED");
        assertThat(begin(own, "backup restored").status()).isEqualTo(201);
        ObjectNode lost =
                JSON.createObjectNode().put("reason", "made after the backup").put("log", laterId);
        assertThat(own.http().post("/epochs", lost).status()).isEqualTo(201);

        own.awaitEntry("operation=STARTUP");
        server().restart();
        admin.createUser(ACME, "at-last", "password");
        assertThat(await(ACME, OutsideMemoryTest::isRemembered).get("state").asText())
                .isEqualTo("ACTIVE");
        assertThat(own.awaitSealed().get("state").asText()).isEqualTo("ACTIVE");
    }

    private static Http.Reply begin(AuditLog log, String reason) {
        return log.http().post("/epochs", JSON.createObjectNode().put("reason", reason));
    }

    private Path kept(String name) {
        return outside.resolve(name + ".checkpoint");
    }

    private void keep(String name, JsonNode status) throws IOException {
        Files.writeString(kept(name), status.get("checkpoint").asText());
    }

    private static Command verify(Path bundle, String... more) {
        return Command.verify(Distribution.fromSystemProperties().jar(), bundle, more);
    }

    /** Stops the server, takes a backup or restores the one that is given, and starts it again. */
    private DatabaseBackup restart(@Nullable DatabaseBackup backup) {
        server().stop();
        DatabaseBackup taken = backup == null ? DatabaseBackup.take(server(), database) : backup;
        if (backup != null) {
            backup.restore();
            // the administrator's session is not in the backup
            admin = new AdminClient(server());
        }
        server().start();
        return taken;
    }

    private JsonNode await(String realm, Predicate<JsonNode> wanted) {
        AuditLog log = admin.auditLog(realm);
        return Await.answer(LIMIT, log::status, wanted);
    }

    private static boolean isSigned(JsonNode status) {
        return status.get("staged").asLong() == 0
                && status.get("signedSize").asLong() == status.get("size").asLong();
    }

    private static boolean isRemembered(JsonNode status) {
        return isSigned(status)
                && status.at("/witness/size").asLong()
                        == status.get("signedSize").asLong();
    }

    private KeycloakServer server() {
        if (server == null) {
            throw new IllegalStateException("the server is not started");
        }
        return server;
    }
}
