package dev.keyledger.e2e.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A syslog receiver is told every log over TLS: one that works, one that stalls, one that comes back after the server was
 * killed, and a real rsyslog. One server and one log, so what each phase receives goes on where the one before ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyslogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String PREFIX = "--spi-events-listener--keyledger-audit--";
    private static final Pattern ENTRY = Pattern.compile("(?:<1\\d\\d>1 \\S+ \\S+ keycloak - )?audit\\.entry"
            + " \\[keyledger@32473 index=\"(\\d+)\" leafHash=\"([^\"]+)\" origin=\"([^\"]+)\"\\] (.*)");

    @TempDir
    static Path folder = Path.of("");

    private Certificate certificate;
    private SyslogReceiver receiver;
    private KeycloakServer server;
    private AdminClient admin = new AdminClient("");
    private String origin = "";
    private int users;

    @BeforeAll
    void startServerAndReceiver() throws Exception {
        certificate = new Certificate(folder);
        receiver = new SyslogReceiver(certificate.server(), 0);
        server = DistLauncher.ofSystemProperties()
                .withOptions(
                        PREFIX + "syslog=tls://localhost:" + receiver.port(),
                        PREFIX + "syslog-ca=" + certificate.pem(),
                        PREFIX + "syslog-timeout=2",
                        PREFIX + "sink-alarm=3",
                        PREFIX + "log-entries=leaf")
                .startAfresh("syslog");
        admin = new AdminClient(server);
        admin.createRealm("told");
        origin = admin.auditLog("told").awaitSealed().get("origin").asText();
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        receiver.close();
    }

    @Test
    @Order(1)
    void everyEntryComesInOrderWithItsProofAndTheCheckpointBehindIt() throws Exception {
        createUsers(5);
        long size = signedSize();

        await("everything is told", () -> indices(receiver.messages()).size() >= size && checkpointOf(size));

        List<Matcher> told = entries(receiver.messages());
        assertThat(indices(receiver.messages()))
                .containsExactlyElementsOf(LongStream.range(0, size).boxed().toList());
        for (Matcher each : told) {
            JsonNode entry = admin.auditLog("told").entry(each.group(1));
            JsonNode event = JSON.readTree(each.group(4));
            assertThat(each.group(2)).isEqualTo(entry.get("leafHash").asText());
            assertThat(event.at("/metadata/uid").asText())
                    .isEqualTo(entry.get("id").asText());
        }
        JsonNode created = JSON.readTree(told.stream()
                .filter(each -> each.group(4).contains("\"name\":\"user-1\""))
                .findFirst()
                .orElseThrow()
                .group(4));
        assertThat(created.get("type_uid").asInt()).isEqualTo(300101);
        assertThat(created.at("/actor/user/name").asText()).isEqualTo(DistLauncher.ADMIN);
    }

    @Test
    @Order(2)
    void theServersOwnLogHasEveryEntryAndNamesNobody() {
        List<String> lines = server.logs()
                .lines()
                .filter(line -> line.contains("dev.keyledger.audit.entries"))
                .toList();

        assertThat(lines).anyMatch(line -> line.contains("\"type_uid\":300101") && line.contains("\"leaf_hash\""));
        assertThat(lines).noneMatch(line -> line.contains("user-1"));
    }

    @Test
    @Order(3)
    void aReceiverThatStallsIsAnAlarmAndLosesNothing() throws Exception {
        receiver.stall(true);
        createUsers(5);
        long size = signedSize();

        await("the alarm is in the server's log", () -> server.logs().contains("AUDIT ALARM: sink syslog of all logs"));
        await("health says so", () -> health() == 503);
        await("the lag is seen", () -> metric("keyledger_audit_sink_behind") > 0);
        assertThat(metric("keyledger_audit_sink_failing_seconds")).isPositive();
        assertThat(admin.auditLog("told").awaitSealed().get("signedSize").asLong())
                .as("sealing goes on")
                .isGreaterThanOrEqualTo(size);
        assertThat(indices(receiver.messages())).doesNotContain(size - 1);

        receiver.stall(false);
        await("everything is told", () -> indices(receiver.messages()).size() >= size);
        assertInOrder(size);
        await("the alarm is over", () -> health() == 200);
    }

    @Test
    @Order(4)
    void aServerThatIsKilledInTheMiddleOfADeliveryGoesOnWhereItWas() throws Exception {
        createUsers(30);
        server.kill();
        server.start();
        admin = new AdminClient(server);
        createUsers(1);
        long size = signedSize();

        await("everything is told", () -> indices(receiver.messages()).size() >= size);

        assertInOrder(size);
    }

    @Test
    @Order(6)
    void aReplayFromTheBeginningTellsNothingOfWhoWasErased() throws Exception {
        String id = admin.realm("told")
                .get("/users?exact=true&username=user-1")
                .expect(200)
                .json()
                .get(0)
                .get("id")
                .asText();
        admin.realm("told").delete("/users/" + id).expect(204);
        long size = signedSize();
        await("everything is told", () -> indices(receiver.messages()).size() >= size);
        assertThat(receiver.messages()).anyMatch(message -> message.contains(id));
        ObjectNode request = JSON.createObjectNode().put("user", id).put("reason", "ticket 7");
        admin.auditLog("told").http().post("/erasures", request).expect(200);
        signedSize();

        server.stop();
        int told = receiver.messages().size();
        Path file = server.home().resolve("data/h2/keycloakdb");
        try (Connection database = DriverManager.getConnection("jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE", "", "");
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate("delete from AUDIT_SINK_CURSOR where SINK_ID = 'syslog'"))
                    .isPositive();
        }
        server.start();
        admin = new AdminClient(server);
        long again = signedSize();
        await("everything is told again", () -> indices(since(told)).size() >= again);

        assertThat(indices(since(told)))
                .startsWith(LongStream.range(0, again).boxed().toArray(Long[]::new));
        assertThat(since(told))
                .noneMatch(message -> message.contains(id) || message.contains("\"user-1\""))
                .anyMatch(message -> message.contains("\"user-2\""));
    }

    private List<String> since(int told) {
        List<String> all = receiver.messages();
        return all.subList(told, all.size());
    }

    @Test
    @Order(7)
    void aRealRsyslogReceivesTheSame() throws Exception {
        assertThat(Rsyslog.lacks().isPresent() && "true".equals(System.getenv("CI")))
                .as("rsyslog is missing in CI: " + Rsyslog.lacks().orElse(""))
                .isFalse();
        assumeTrue(
                Rsyslog.lacks().isEmpty(), () -> "skipped: " + Rsyslog.lacks().orElseThrow());
        Path home = Files.createDirectory(folder.resolve("rsyslog"));
        long from = signedSize();
        await("everything is told", () -> indices(receiver.messages()).size() >= from);
        int port = receiver.port();
        receiver.close();
        createUsers(5);
        long size = signedSize();

        try (Rsyslog rsyslog = new Rsyslog(home, port, certificate)) {
            await("everything is told", () -> {
                Set<Long> told = indices(rsyslog.messages());
                return told.containsAll(LongStream.range(from, size).boxed().toList());
            });

            assertThat(indices(rsyslog.messages()))
                    .startsWith(LongStream.range(from, size).boxed().toArray(Long[]::new));
            for (Matcher each : entries(rsyslog.messages())) {
                assertThat(JSON.readTree(each.group(4))
                                .at("/unmapped/leaf_hash")
                                .asText())
                        .isEqualTo(each.group(2));
            }
            assertThat(rsyslog.messages()).anyMatch(line -> line.startsWith("audit.checkpoint"));
        }
    }

    private void createUsers(int count) {
        for (int i = 0; i < count; i++) {
            admin.realm("told")
                    .post("/users", JSON.createObjectNode().put("username", "user-" + ++users))
                    .expect(201);
        }
    }

    private long signedSize() {
        return admin.auditLog("told").awaitSealed().get("signedSize").asLong();
    }

    private boolean checkpointOf(long size) {
        return receiver.messages().stream()
                .anyMatch(message -> message.contains(" audit.checkpoint ")
                        && message.contains("origin=\"" + origin + "\"")
                        && message.contains("size=\"" + size + "\""));
    }

    /** Each index came, and none before the one in front of it had come; again it may have come. */
    private void assertInOrder(long size) {
        assertThat(indices(receiver.messages()))
                .startsWith(LongStream.range(0, size).boxed().toArray(Long[]::new));
    }

    /** Of the realm's log, each once, in the order in which they came first. */
    private Set<Long> indices(List<String> messages) {
        Set<Long> indices = new LinkedHashSet<>();
        entries(messages).forEach(entry -> indices.add(Long.valueOf(entry.group(1))));
        return indices;
    }

    private List<Matcher> entries(List<String> messages) {
        List<Matcher> entries = new ArrayList<>();
        for (String message : messages) {
            Matcher entry = ENTRY.matcher(message);
            if (entry.matches() && entry.group(3).equals(origin)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private int health() {
        return new Http(server.managementUrl()).get("/health/group/keyledger").status();
    }

    private double metric(String name) {
        return new Http(server.managementUrl())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("sink=\"syslog\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void await(String what, Callable<Boolean> is) {
        Await.until(what, LIMIT, is);
    }
}
