package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.audit.timestamp.LocalAuthority;
import dev.keyledger.audit.timestamp.LocalAuthority.Fault;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.monitoring.Monitoring;
import dev.keyledger.e2e.monitoring.Prometheus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two Keycloaks, each with a database of its own, witness each other. One of them refuses for a while; then the database of the
 * other is replaced by an older copy, and is found out. The same server has its checkpoints stamped and its archives fail, and a
 * real Prometheus with the shipped rules looks at it all the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WitnessTest {

    private static final String ACME = "acme";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder = Path.of("");

    private final List<DatabaseBackup> backup = new ArrayList<>();
    private final List<Prometheus> watching = new ArrayList<>();
    private LocalAuthority authority;
    private Peers peers = new Peers(folder);

    /** What is told the operator's monitoring by a server whose time stamps are due every second, and whose archives fail. */
    @BeforeAll
    void introduceThemToEachOther() throws Exception {
        peers = new Peers(folder);
        authority = new LocalAuthority("EC");
        Files.writeString(archives(), "a file where a folder should be");
        backup.add(peers.introduceToEachOther(
                Peers.OPTION + "tsa-url=" + authority.address(),
                Peers.OPTION + "tsa-interval=1",
                Peers.OPTION + "archive-folder=" + archives(),
                Peers.OPTION + "archive-alarm=1",
                Peers.OPTION + "log-entries=leaf"));
        if (Prometheus.lacks().isEmpty()) {
            watching.add(new Prometheus(
                    Files.createDirectory(folder.resolve("prometheus")),
                    left().server().managementUrl()));
        }
        left().admin().createRealm(ACME);
    }

    @AfterAll
    void stopThem() {
        watching.forEach(Prometheus::close);
        peers.close();
        authority.close();
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

    /** The store is asked before there is anything to archive. */
    @Test
    @Order(3)
    void archivesThatFailAreAnAlarmUntilTheStoreIsMended() throws IOException {
        Http archiving = left().admin().auditLog(ACME).http();
        assertThat(archiving
                        .get("/status")
                        .expect(200)
                        .json()
                        .at("/archives/error")
                        .asText())
                .contains("archives");
        assertThat(left().server().logs()).contains("AUDIT ALARM: Keyledger could not archive");
        assertThat(health()).isEqualTo(503);
        awaitFiring("KeyledgerArchiveFails", true);

        Files.delete(archives());
        archiving.send("POST", "/archives", new byte[0]).expect(200);

        assertThat(archiving
                        .get("/status")
                        .expect(200)
                        .json()
                        .at("/archives/error")
                        .isNull())
                .isTrue();
        awaitFiring("KeyledgerArchiveFails", false);
        Prometheus.await("health is well", () -> health() == 200);
    }

    @Test
    @Order(4)
    void aWitnessThatRefusesStopsNothingAndIsCaughtUpWith() throws IOException {
        Path logs = peers.known();
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
        assertThat(health()).isEqualTo(503);
        awaitFiring("KeyledgerWitnessQuorum", true);
        watching.forEach(prometheus -> assertThat(prometheus.query(
                        "keyledger_audit_witness_refused{witness=\"right\"} > 0 and keyledger_audit_witness_failing_seconds"
                                + " > 0 and keyledger_audit_witness_behind > 0"))
                .hasSize(1));
        Files.writeString(logs, known);

        JsonNode caughtUp = await(
                left(),
                ACME,
                status -> isCosigned(status) && !status.at("/witnesses/overdue").asBoolean());
        assertThat(caughtUp.at("/witnesses/asked/0/error").isNull()).isTrue();
        awaitFiring("KeyledgerWitnessQuorum", false);
    }

    @Test
    @Order(5)
    void anAuthorityThatDoesNotStampStopsNothingAndIsCaughtUpWith() {
        await(left(), ACME, WitnessTest::isStamped);
        fails(Fault.DOWN, "503");
        awaitFiring("KeyledgerTimestampsFail", true);
        Prometheus.await("health says so", () -> health() == 503);
        fails(Fault.BABBLES, "");
        fails(Fault.CONFUSED, "imprint");
        assertThat(left().server().logs()).contains("AUDIT ALARM: no time stamp authority stamps the checkpoints");

        authority.setFault(Fault.NONE);
        await(left(), ACME, WitnessTest::isStamped);
        awaitFiring("KeyledgerTimestampsFail", false);
        Prometheus.await("health is well", () -> health() == 200);
        Path bundle = left().admin().auditLog(ACME).bundle(folder.resolve("stamped.zip"));
        Command verified = verify(bundle);
        assertThat(verified.output()).contains("existed at ", "says \"CN=Local time\"", "VERIFIED");
        assertThat(verified.exitCode()).isZero();
    }

    /** The log goes on, and the status says why it is not stamped. */
    private void fails(Fault fault, String reason) {
        // before the fault: it may be tried again, and fail, at any moment
        String before =
                left().admin().auditLog(ACME).status().at("/timeStamp/error").asText();
        authority.setFault(fault);
        left().admin().createUser(ACME, "stamped-" + fault, "password");
        JsonNode status = await(
                left(),
                ACME,
                now -> isSigned(now)
                        && !isStamped(now)
                        && now.at("/timeStamp/error").isTextual()
                        && !now.at("/timeStamp/error").asText().equals(before));
        assertThat(status.get("state").asText()).isEqualTo("ACTIVE");
        assertThat(status.at("/timeStamp/error").asText()).contains(reason);
    }

    @Test
    @Order(6)
    void everyMetricOfTheDashboardAndTheAlertRulesIsThere() {
        Set<String> there = new TreeSet<>();
        left().management().get("/metrics").expect(200).text().lines().forEach(line -> {
            if (line.startsWith("keyledger_")) {
                there.add(line.replaceFirst("[{ ].*", ""));
            }
        });

        assertThat(Monitoring.metrics()).hasSizeGreaterThan(20);
        assertThat(there).containsAll(Monitoring.metrics());
    }

    @Test
    @Order(7)
    void aRealPrometheusAnswersWhatTheDashboardAsksAndEvaluatesEveryRule() {
        Prometheus.require();
        Prometheus prometheus = watching.get(0);
        for (String metric : Monitoring.metrics()) {
            assertThat(prometheus.query(metric)).as(metric).isNotEmpty();
        }
        for (String expression : Monitoring.panelExpressions()) {
            Prometheus.await(
                    expression + " has a value",
                    () -> !prometheus.query(expression).isEmpty());
        }
        assertThat(prometheus.rules())
                .hasSameSizeAs(Monitoring.ruleExpressions())
                .allSatisfy(rule -> assertThat(rule.get("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
        assertThat(prometheus.firing()).isEmpty();
    }

    @Test
    @Order(8)
    void aDatabaseThatIsSetBackIsNoticedByTheOther() {
        AuditLog own = left().serversLog();
        long size = own.awaitSealed().get("signedSize").asLong();
        left().server().stop();
        backup.get(0).restore();
        left().server().start();

        JsonNode halted = await(
                () -> left().serversLog(),
                status -> status.get("state").asText().equals("HALTED"));
        // what the restored log records at its start may already have made it as long as it was
        assertThat(halted.get("haltReason").asText())
                .containsPattern("want at least [0-9]+, which witness right has cosigned: the log was rolled back"
                        + "|^witness right has cosigned another tree of size [0-9]+ .*: the log was rewritten");
        assertThat(halted.get("size").asLong()).isLessThanOrEqualTo(size);
        assertThat(left().server().logs()).contains("AUDIT ALARM: log _server is HALTED");
    }

    private static Path archives() {
        return folder.resolve("archives").toAbsolutePath();
    }

    private Peers.Peer left() {
        return peers.left();
    }

    private Peers.Peer right() {
        return peers.right();
    }

    /** Where there is a Prometheus; another test says that there is none. */
    private void awaitFiring(String alert, boolean wanted) {
        watching.forEach(prometheus -> prometheus.awaitFiring(alert, wanted));
    }

    private int health() {
        return left().management().get("/health/group/keyledger").status();
    }

    private Command verify(Path bundle) {
        return Command.verify(
                Distribution.fromSystemProperties().jar(),
                bundle,
                "--policy",
                peers.policy().toString());
    }

    private static Http.Reply post(Http witness, String body) {
        return witness.send("POST", "/add-checkpoint", body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isSigned(JsonNode status) {
        return status.get("staged").asLong() == 0
                && status.get("signedSize").asLong() == status.get("size").asLong();
    }

    private static boolean isStamped(JsonNode status) {
        return isSigned(status)
                && status.at("/timeStamp/error").isNull()
                && status.at("/timeStamp/size").asLong()
                        == status.get("signedSize").asLong();
    }

    private static boolean isCosigned(JsonNode status) {
        return isSigned(status)
                && status.get("signedSize").asLong() > 0
                && status.at("/witnesses/asked/0/size").asLong()
                        == status.get("signedSize").asLong();
    }

    private static JsonNode await(Peers.Peer peer, String realm, Predicate<JsonNode> wanted) {
        return await(() -> peer.admin().auditLog(realm), wanted);
    }

    /** A token lasts for a minute, so the log is asked for anew. */
    private static JsonNode await(Supplier<AuditLog> log, Predicate<JsonNode> wanted) {
        return Await.answer(LIMIT, () -> log.get().status(), wanted);
    }
}
