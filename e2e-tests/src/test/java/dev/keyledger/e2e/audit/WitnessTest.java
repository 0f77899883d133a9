package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two Keycloaks, each with a database of its own, witness each other. One of them refuses for a while; then the database of the
 * other is replaced by an older copy, and is found out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessTest {

    private static final String OPTION = "--spi-events-listener--keyledger-audit--";
    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String ACME = "acme";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Path folder = Path.of("");
    private final List<DatabaseBackup> backup = new ArrayList<>();
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /** A server, and what it is configured with. */
    private record Peer(String name, KeycloakServer server) {
        AdminClient admin() {
            return new AdminClient(server);
        }

        Http witness() {
            return new Http(server.baseUrl() + "/realms/master/audit-witness");
        }
    }

    /**
     * Each has to know the key of the other: they are started once to make it, and then with what they have told. What the
     * database of one of them was in between is kept.
     */
    @BeforeAll
    void introduceThemToEachOther() throws Exception {
        folder = Files.createTempDirectory("keyledger-witness");
        for (String name : new String[] {LEFT, RIGHT}) {
            Files.writeString(folder.resolve(name + ".logs"), "");
            Files.writeString(folder.resolve(name + ".policy"), "quorum none\n");
        }
        inParallel(() -> start(LEFT), () -> start(RIGHT));
        introduce(left(), right());
        introduce(right(), left());
        inParallel(
                () -> {
                    left().server().stop();
                    backup.add(DatabaseBackup.take(left().server(), new Database.H2()));
                    left().server().start();
                },
                right().server()::restart);
        left().admin().createRealm(ACME);
    }

    @AfterAll
    void stopThem() {
        peers.values().forEach(peer -> peer.server().close());
    }

    @Test
    @Order(1)
    void eachCosignsTheLogsOfTheOther() throws IOException {
        left().admin().createUser(ACME, "ada", "password");

        JsonNode status = await(left(), ACME, WitnessTest::isCosigned);
        JsonNode asked = status.at("/witnesses/asked/0");
        assertThat(asked.get("name").asText()).isEqualTo("right");
        assertThat(asked.get("error").isNull()).isTrue();
        assertThat(status.at("/witnesses/quorumLag").asLong()).isZero();
        assertThat(status.get("checkpoint").asText()).contains("— right.example/witness ");
        // whoever asks for the log of the admin realm logs in to it, so it is never at rest
        await(right(), "master", other -> other.at("/witnesses/asked/0/size").asLong() > 0);

        Path bundle = left().admin().auditLog(ACME).bundle(folder.resolve("acme.zip"));
        Command verified = verify(bundle);
        assertThat(verified.output()).contains("1 of 1 cosigned [right], newest at ", "VERIFIED");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    @Order(2)
    void theEndpointAnswersAsTheSpecificationSays() {
        Http witness = right().witness();
        left().admin().auditLog(ACME).awaitSealed();
        JsonNode status = await(left(), ACME, WitnessTest::isCosigned);
        String origin = status.get("origin").asText();
        String checkpoint = status.get("checkpoint").asText();
        long size = Long.parseLong(checkpoint.lines().skip(1).findFirst().orElseThrow());
        String proof = "old " + size + "\n\n";

        Http.Reply again = post(witness, proof + checkpoint);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).startsWith("— right.example/witness ").endsWith("=\n");
        Http.Reply conflict = post(witness, "old 1\n\n" + checkpoint);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.header("Content-Type")).hasValue("text/x.tlog.size");
        assertThat(conflict.text()).isEqualTo(size + "\n");
        assertThat(post(witness, "old " + (size + 1) + "\n\n" + checkpoint).status())
                .isEqualTo(400);
        assertThat(post(witness, proof + checkpoint.replace(origin, "unknown.example/log"))
                        .status())
                .isEqualTo(404);
        assertThat(post(witness, proof + checkpoint.replaceFirst("\n" + size + "\n", "\n" + (size + 1) + "\n"))
                        .status())
                .isEqualTo(403);
        assertThat(post(
                                witness,
                                "old " + size + "\n"
                                        + checkpoint.lines().skip(2).findFirst().orElseThrow() + "\n\n" + checkpoint)
                        .status())
                .isEqualTo(422);
        assertThat(post(witness, "nonsense").status()).isEqualTo(400);
        assertThat(post(witness, "x".repeat(70_000)).status()).isEqualTo(413);
        assertThat(witness.get("/" + "0".repeat(64) + "/checkpoint").status()).isEqualTo(404);
        new Http(left().server().baseUrl())
                .get("/realms/" + ACME + "/audit-witness/vkey")
                .expect(404);
    }

    @Test
    @Order(3)
    void aWitnessThatRefusesStopsNothingAndIsCaughtUpWith() throws IOException {
        Path logs = folder.resolve("right.logs");
        String known = Files.readString(logs);
        Files.writeString(logs, "# nobody any more\n");
        left().admin().createUser(ACME, "grace", "password");

        JsonNode alone = await(
                left(),
                ACME,
                status -> isSigned(status) && status.at("/witnesses/overdue").asBoolean());
        assertThat(alone.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(alone.at("/witnesses/asked/0/lag").asLong()).isPositive();
        assertThat(alone.at("/witnesses/asked/0/error").asText()).contains("does not cosign log", "404");
        assertThat(left().server().logs())
                .contains("AUDIT ALARM: the witness right does not cosign log", "has had no quorum of its witnesses");
        Http management = new Http(left().server().managementUrl());
        assertThat(management.get("/health/group/keyledger").status()).isEqualTo(503);
        assertThat(management.get("/metrics").text()).contains("keyledger_audit_witness_quorum_lag_seconds");
        Files.writeString(logs, known);

        JsonNode caughtUp = await(
                left(),
                ACME,
                status -> isCosigned(status) && !status.at("/witnesses/overdue").asBoolean());
        assertThat(caughtUp.at("/witnesses/asked/0/error").isNull()).isTrue();
    }

    @Test
    @Order(4)
    void aDatabaseThatIsSetBackIsNoticedByTheOther() {
        AuditLog own = serversLog();
        long size = own.awaitSealed().get("signedSize").asLong();
        left().server().stop();
        backup.get(0).restore();
        left().server().start();

        JsonNode halted =
                await(this::serversLog, status -> status.get("state").asText().equals("HALTED"));
        // what the restored log records at its start may already have made it as long as it was
        assertThat(halted.get("haltReason").asText())
                .containsPattern("want at least [0-9]+, which witness right has cosigned: the log was rolled back"
                        + "|^witness right has cosigned another tree of size [0-9]+ .*: the log was rewritten");
        assertThat(halted.get("size").asLong()).isLessThanOrEqualTo(size);
        assertThat(left().server().logs()).contains("AUDIT ALARM: log _server is HALTED");
    }

    private AuditLog serversLog() {
        return new AuditLog(left().admin().realm("master").below("/audit-log/server"));
    }

    private Peer left() {
        return Objects.requireNonNull(peers.get(LEFT), LEFT);
    }

    private Peer right() {
        return Objects.requireNonNull(peers.get(RIGHT), RIGHT);
    }

    private void start(String name) {
        KeycloakServer server = DistLauncher.ofSystemProperties()
                .withOptions(
                        OPTION + "origin=" + name + ".example",
                        OPTION + "witness-logs=" + folder.resolve(name + ".logs"),
                        OPTION + "witness-policy=" + folder.resolve(name + ".policy"),
                        OPTION + "witness-interval=1",
                        OPTION + "witness-alarm=2")
                .startAfresh("witness-" + name);
        peers.put(name, new Peer(name, server));
    }

    /** Lets {@code one} ask {@code other}, and {@code other} know the logs of {@code one}. */
    private void introduce(Peer one, Peer other) throws IOException {
        String vkey = other.witness().get("/vkey").expect(200).text().strip();
        Files.writeString(
                folder.resolve(one.name() + ".policy"),
                "witness " + other.name() + " " + vkey + " " + other.witness().base() + "\nquorum " + other.name()
                        + "\n");
        String log = one.admin()
                .realm("master")
                .get("/audit-log/server/status")
                .expect(200)
                .json()
                .get("vkey")
                .asText();
        Files.writeString(folder.resolve(other.name() + ".logs"), "logs " + log + "\n");
    }

    private Command verify(Path bundle) {
        return Command.verify(
                Distribution.fromSystemProperties().jar(),
                bundle,
                "--policy",
                folder.resolve("left.policy").toString());
    }

    private static Http.Reply post(Http witness, String body) {
        return witness.send("POST", "/add-checkpoint", body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isSigned(JsonNode status) {
        return status.get("staged").asLong() == 0
                && status.get("signedSize").asLong() == status.get("size").asLong();
    }

    private static boolean isCosigned(JsonNode status) {
        return isSigned(status)
                && status.get("signedSize").asLong() > 0
                && status.at("/witnesses/asked/0/size").asLong()
                        == status.get("signedSize").asLong();
    }

    private static JsonNode await(Peer peer, String realm, Predicate<JsonNode> wanted) {
        return await(() -> peer.admin().auditLog(realm), wanted);
    }

    /** A token lasts for a minute, so the log is asked for anew. */
    private static JsonNode await(Supplier<AuditLog> log, Predicate<JsonNode> wanted) {
        Instant limit = Instant.now().plus(LIMIT);
        JsonNode status = log.get().status();
        while (!wanted.test(status)) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("not within " + LIMIT + ": " + status);
            }
            pause();
            status = log.get().status();
        }
        return status;
    }

    private static void inParallel(Runnable one, Runnable other) throws Exception {
        CompletableFuture<Void> started = CompletableFuture.runAsync(other);
        one.run();
        started.get(4, TimeUnit.MINUTES);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a log was awaited", e);
        }
    }
}
