package dev.keyledger.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Cluster;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import dev.keyledger.e2e.sink.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes agree about connections, and capture and seal the same logs under load; the one that is telling a webhook is
 * killed in the middle of it.
 */
class ClusterTest {

    private static final List<String> REALMS = List.of("cluster-one", "cluster-two");
    private static final String AUDIT = "--spi-events-listener--keyledger-audit--";
    private static final String GONE = "cluster-gone";
    private static final String CONNECTED = "cluster-connected";
    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> roots = new ConcurrentHashMap<>();
    private final Set<String> forks = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void sealingGoesOnWhenANodeIsKilled() throws Exception {
        Database database = SharedServer.POSTGRES.database("cluster");
        DistLauncher launcher = DistLauncher.ofSystemProperties()
                .withDatabase(database)
                .withOptions(AUDIT + "webhook-http=true", AUDIT + "webhook-local=true");
        try (WebhookReceiver receiver = new WebhookReceiver();
                WebhookReceiver ofGone = new WebhookReceiver();
                Cluster cluster = Cluster.startAfresh(launcher, "cluster", 2)) {
            assertThat(cluster.nodes().get(1).logs())
                    .as("the nodes have found each other")
                    .contains("(2) [");
            AdminClient first = new AdminClient(cluster.nodes().get(0));
            REALMS.forEach(first::createRealm);
            tell(first, REALMS.get(0), receiver);
            first.createRealm(GONE);
            tell(first, GONE, ofGone);
            first.realm(GONE).delete("").expect(204);
            assertEveryNodeKnowsAConnectionAsItIsNow(cluster);
            List<Thread> clients = new ArrayList<>();
            for (KeycloakServer node : cluster.nodes()) {
                for (String realm : REALMS) {
                    clients.add(client(node, realm));
                }
                clients.add(watcher(node));
            }
            Thread.sleep(6_000);
            receiver.hold();
            int teller = cluster.nodes().get(0).isConnectedFrom(receiver.awaitHeld(LIMIT)) ? 0 : 1;
            KeycloakServer dies = cluster.nodes().get(teller);
            KeycloakServer lives = cluster.nodes().get(1 - teller);
            Map<String, String> before = new LinkedHashMap<>();
            AdminClient admin = new AdminClient(lives);
            Http http = admin.http();
            for (String realm : REALMS) {
                before.put(realm, log(http, realm).status().get("checkpoint").asText());
            }

            dies.kill();
            Instant killed = Instant.now();
            receiver.release();
            for (String realm : REALMS) {
                // what was staged at the kill, and an entry from after it
                createUser(http, realm, "after-the-kill");
                long size = sizeWithAllOf(log(http, realm));
                awaitSigned(log(http, realm), size);
            }
            Duration gap = Duration.between(killed, Instant.now());
            System.out.println("sealing went on " + gap.toMillis() + " ms after the kill");
            Thread.sleep(3_000);
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }

            assertThat(gap).isLessThan(GOES_ON_WITHIN);
            assertThat(forks).isEmpty();
            before.forEach((realm, checkpoint) -> {
                assertNothingLostOrDoubled(admin, realm);
                assertVerified(admin.auditLog(realm), checkpoint, realm);
            });
            assertToldAll(admin, REALMS.get(0), receiver);
            assertThat(ofGone.messages())
                    .as("the end of a realm is told")
                    .anyMatch(message -> message.body().contains("\"resource_type\":\"REALM\"")
                            && message.body().contains("DELETE"));
            assertThat(webhooks(database)).as("then its webhook goes").isEqualTo(1);
        }
    }

    private static void tell(AdminClient admin, String realm, WebhookReceiver receiver) {
        ObjectNode hook = object().put("url", receiver.url()).put("from", 0);
        admin.auditLog(realm).http().put("/sinks/hook", hook).expect(201);
    }

    /** At least once, each for the first time in the order of the log: whoever tells it. */
    private static void assertToldAll(AdminClient admin, String realm, WebhookReceiver receiver) throws Exception {
        AuditLog log = admin.auditLog(realm);
        long size = log.awaitSealed().get("signedSize").asLong();
        Instant limit = Instant.now().plus(LIMIT);
        List<Long> told = indices(receiver);
        while (told.size() < size) {
            assertThat(Instant.now())
                    .as(
                            "told %d of %d: %s",
                            told.size(), size, log.http().get("/sinks/hook").text())
                    .isBefore(limit);
            Thread.sleep(200);
            told = indices(receiver);
        }
        assertThat(told)
                .startsWith(LongStream.range(0, size).boxed().toArray(Long[]::new))
                .doesNotHaveDuplicates();
    }

    /** Each once, in the order in which they came first. */
    private static List<Long> indices(WebhookReceiver receiver) throws IOException {
        Set<Long> indices = new LinkedHashSet<>();
        for (WebhookReceiver.Message message : receiver.messages()) {
            JsonNode event = new ObjectMapper().readTree(message.body());
            if (!event.get("type").asText().equals("audit.checkpoint")) {
                indices.add(event.get("sequence").asLong());
            }
        }
        return List.copyOf(indices);
    }

    private static long webhooks(Database database) throws SQLException {
        Database.Postgres postgres = (Database.Postgres) database;
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from AUDIT_SINK where KIND = 'webhook'")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** What one node is told of a connection and its tokens, the others keep to within a second. */
    private static void assertEveryNodeKnowsAConnectionAsItIsNow(Cluster cluster) {
        AdminClient admin = new AdminClient(cluster.nodes().get(0));
        admin.createRealm(CONNECTED);
        Http api = admin.realm(CONNECTED).below("/keyledger/connections");
        api.put("/okta", object()).expect(201);
        JsonNode first = api.post("/okta/tokens", object().put("name", "first"))
                .expect(201)
                .json();
        assertEveryNode(cluster, first, 200);
        api.put("/okta", object().put("paused", true)).expect(200);
        assertEveryNode(cluster, first, 503);
        api.put("/okta", object().put("paused", false)).expect(200);
        assertEveryNode(cluster, first, 200);

        String path = "/okta/tokens/" + first.get("id").asText() + "/rotate";
        JsonNode second =
                api.post(path, object().put("overlapHours", 0)).expect(201).json();
        assertEveryNode(cluster, first, 401);
        assertEveryNode(cluster, second, 200);
        api.delete("/okta/tokens/" + second.get("id").asText()).expect(204);
        assertEveryNode(cluster, second, 401);
    }

    private static void assertEveryNode(Cluster cluster, JsonNode token, int status) {
        for (KeycloakServer node : cluster.nodes()) {
            Http scim = new Http(node.baseUrl() + "/realms/" + CONNECTED + "/scim/v2")
                    .bearer(token.get("token").asText());
            Instant limit = Instant.now().plusSeconds(1);
            int got = scim.get("/Users").status();
            while (got != status && Instant.now().isBefore(limit)) {
                got = scim.get("/Users").status();
            }
            assertThat(got).as("status at %s", node.baseUrl()).isEqualTo(status);
        }
    }

    private static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }

    /** Creates users at one node as fast as it can, until the node is gone or the test is over. */
    private Thread client(KeycloakServer node, String realm) {
        Set<String> created = acknowledged.computeIfAbsent(realm, name -> ConcurrentHashMap.newKeySet());
        Http http = new AdminClient(node).http();
        String prefix = "user-" + node.home().getFileName() + "-";
        Thread thread = new Thread(() -> {
            try {
                for (int i = 0; !stop.get(); i++) {
                    createUser(http, realm, prefix + i);
                    created.add(prefix + i);
                }
            } catch (UncheckedIOException e) {
                // what the kill looks like from here: the connection breaks, and the request's fate is unknown
            }
        });
        thread.start();
        return thread;
    }

    /** Looks at the checkpoints that a node shows: one size has one root, whoever shows it. */
    private Thread watcher(KeycloakServer node) {
        Http http = new AdminClient(node).http();
        Thread thread = new Thread(() -> {
            try {
                while (!stop.get()) {
                    for (String realm : REALMS) {
                        Http.Reply reply = log(http, realm).http().get("/checkpoint");
                        if (reply.status() == 200) {
                            remember(reply.text());
                        }
                    }
                }
            } catch (UncheckedIOException e) {
                // the node was killed
            }
        });
        thread.start();
        return thread;
    }

    private void remember(String checkpoint) {
        List<String> lines = checkpoint.lines().toList();
        String other = roots.putIfAbsent(lines.get(0) + " " + lines.get(1), lines.get(2));
        if (other != null && !other.equals(lines.get(2))) {
            forks.add(checkpoint);
        }
    }

    private static void createUser(Http http, String realm, String name) {
        ObjectNode user = new ObjectMapper().createObjectNode().put("username", name);
        http.post("/admin/realms/" + realm + "/users", user).expect(201);
    }

    private static AuditLog log(Http http, String realm) {
        return new AuditLog(http.below("/admin/realms/" + realm + "/audit-log"));
    }

    /** Answers the size that the log has when everything that is staged now is sealed. */
    private static long sizeWithAllOf(AuditLog log) {
        JsonNode status = log.status();
        return status.get("size").asLong() + status.get("staged").asLong();
    }

    private static void awaitSigned(AuditLog log, long size) throws InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        while (log.status().get("signedSize").asLong() < size) {
            assertThat(Instant.now())
                    .as("time until size %d is signed: %s", size, log.status())
                    .isBefore(limit);
            Thread.sleep(20);
        }
    }

    private void assertNothingLostOrDoubled(AdminClient admin, String realm) {
        AuditLog log = admin.auditLog(realm);
        log.awaitSealed();
        List<String> entries = log.entries("operation=CREATE&resourceType=USER").stream()
                .map(entry -> entry.get("target").get("name").asText())
                .toList();
        Set<String> users = new HashSet<>(admin.realm(realm)
                .get("/users?max=100000&briefRepresentation=true")
                .expect(200)
                .json()
                .findValuesAsText("username"));
        assertThat(acknowledged.get(realm)).as("users created in " + realm).hasSizeGreaterThan(100);
        assertThat(users).containsAll(acknowledged.get(realm));
        assertThat(entries).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(users);
    }

    private void assertVerified(AuditLog log, String before, String name) {
        Path since = folder.resolve(name + ".checkpoint");
        try {
            Files.writeString(since, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command verified = Command.verify(
                Distribution.fromSystemProperties().jar(),
                log.bundle(folder.resolve(name + ".zip")),
                "--since",
                since.toString());
        assertThat(verified.output()).contains("VERIFIED");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }
}
