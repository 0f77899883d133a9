package dev.keyledger.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A whole Keycloak on PostgreSQL is killed (SIGKILL) at random moments, while an admin and SCIM create users and people log
 * in, and is started again: {@code -Dkeyledger.server-kills=<n>} times, and without it never, as each takes a start.
 */
@EnabledIfSystemProperty(named = "keyledger.server-kills", matches = "[1-9][0-9]*")
class ServerKillTest {

    private static final int KILLS = Integer.getInteger("keyledger.server-kills", 0);
    private static final int LONGEST_LIFE_MS = 8_000;
    private static final String REALM = "killed";
    private static final String PASSWORD = "password";
    private static final String CLIENT = "admin-cli";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Set<String> provisioned = ConcurrentHashMap.newKeySet();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, String> roots = new ConcurrentHashMap<>();
    private final Queue<String> forks = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @Test
    void nothingIsLostDoubledOrSignedTwice() throws IOException, InterruptedException {
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.POSTGRES.database("serverkills"))
                .startAfresh("server-kills")) {
            AdminClient admin = new AdminClient(server);
            prepare(admin);
            String before =
                    admin.auditLog(REALM).awaitSealed().get("checkpoint").asText();
            for (int life = 1; life <= KILLS; life++) {
                liveAndDie(server, life);
                server.start();
                assertThat(admin.auditLog(REALM).awaitSealed().get("state").asText())
                        .as("after kill %d, seed %d", life, seed)
                        .isEqualTo("ACTIVE");
            }
            assertThat(forks).as("sizes with two roots, seed %d", seed).isEmpty();
            assertThat(refusals).as("answers of a living server, seed %d", seed).isEmpty();
            assertEntries(admin);
            assertVerified(admin, server, before);
            System.out.printf(
                    "%d kills: %d users created, %d provisioned, %d logins acknowledged; %d checkpoints seen, seed"
                            + " %d%n",
                    KILLS, users.size(), provisioned.size(), sessions.size(), roots.size(), seed);
        }
    }

    private static void prepare(AdminClient admin) {
        admin.createRealm(REALM);
        // logins are to be many, not to be hashing
        admin.realm(REALM)
                .put("", object().put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)"))
                .expect(204);
        admin.createServiceAccount(REALM, "hr", "hr-secret", List.of("manage-users"));
        admin.createUser(REALM, "person", PASSWORD);
    }

    private void liveAndDie(KeycloakServer server, int life) throws InterruptedException {
        AdminClient admin = new AdminClient(server);
        Http root = admin.http();
        Http scim = admin.scim(REALM, "hr", "hr-secret").with("Content-Type", "application/scim+json");
        AuditLog log = new AuditLog(root.below("/admin/realms/" + REALM + "/audit-log"));
        List<Thread> clients = List.of(
                client(i -> create(root, "admin-" + life + "-" + i)),
                client(i -> provision(scim, "scim-" + life + "-" + i)),
                client(i -> logIn(admin)),
                client(i -> remember(log)));
        clients.forEach(Thread::start);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MS));
        server.kill();
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Does the same again and again until nobody answers. */
    private Thread client(Consumer<Integer> act) {
        return new Thread(() -> {
            try {
                for (int i = 0; true; i++) {
                    act.accept(i);
                }
            } catch (UncheckedIOException e) {
                // what the kill looks like from here: the connection breaks, and the request's fate is unknown
            } catch (IllegalStateException e) {
                refusals.add(e.getMessage());
            }
        });
    }

    private void create(Http root, String name) {
        root.post("/admin/realms/" + REALM + "/users", object().put("username", name))
                .expect(201);
        users.add(name);
    }

    private void provision(Http scim, String name) {
        ObjectNode person = object().put("userName", name);
        person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        scim.post("/Users", person).expect(201);
        provisioned.add(name);
    }

    private void logIn(AdminClient admin) {
        JsonNode tokens =
                admin.login(REALM, CLIENT, "person", PASSWORD).expect(200).json();
        sessions.add(tokens.get("session_state").asText());
    }

    /** One size has one root, before and after. */
    private void remember(AuditLog log) {
        Http.Reply reply = log.http().get("/checkpoint").expect(200);
        List<String> lines = reply.text().lines().toList();
        String other = roots.putIfAbsent(lines.get(1), lines.get(2));
        if (other != null && !other.equals(lines.get(2))) {
            forks.add(reply.text());
        }
    }

    private void assertEntries(AdminClient admin) {
        AuditLog log = admin.auditLog(REALM);
        log.awaitSealed();
        Set<String> there = new HashSet<>(admin.realm(REALM)
                .get("/users?max=1000000&briefRepresentation=true")
                .expect(200)
                .json()
                .findValuesAsText("username"));
        assertThat(there).containsAll(users).containsAll(provisioned);
        List<String> created = new ArrayList<>();
        for (String kind : List.of("admin", "scim")) {
            log.entries("operation=CREATE&resourceType=USER&outcome=success&kind=" + kind)
                    .forEach(entry -> created.add(entry.at("/target/name").asText()));
        }
        there.remove("service-account-hr");
        created.remove("service-account-hr");
        assertThat(created).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);

        List<String> logins = log.http()
                .get("/export?format=jsonl&kind=user&operation=LOGIN")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.contains("\"leafHash\""))
                .map(ServerKillTest::session)
                .toList();
        assertThat(logins).doesNotHaveDuplicates().containsAll(sessions);
        assertThat(sessions).hasSizeGreaterThan(KILLS);
        assertThat(users).hasSizeGreaterThan(KILLS);
        assertThat(provisioned).hasSizeGreaterThan(KILLS);
    }

    private static String session(String line) {
        try {
            JsonNode entry = new ObjectMapper().readTree(line);
            return entry.findValue("session").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the command line, from the checkpoint of before the first kill; and by the server, every stored checkpoint. */
    private void assertVerified(AdminClient admin, KeycloakServer server, String before) throws IOException {
        Path folder = Files.createDirectories(server.home().resolve("evidence"));
        Path since = Files.writeString(folder.resolve("since"), before);
        AuditLog log = admin.auditLog(REALM);
        Command verified = Command.verify(
                Distribution.fromSystemProperties().jar(),
                log.bundle(folder.resolve("bundle.zip")),
                "--since",
                since.toString());
        assertThat(verified.output()).contains("VERIFIED");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        JsonNode result =
                log.http().post("/verification", object()).expect(200, 409).json();
        assertThat(result.path("findings")).as(result.toString()).isEmpty();
        assertThat(result.path("entries").asLong()).as(result.toString()).isPositive();
    }

    private static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }
}
