package dev.keyledger.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.Ports;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} at every point between capture, sealing, signing and publishing, while an admin creates a user. A start of
 * Keycloak takes its time, and every point takes one: {@code -Dkeyledger.tests=all} runs them.
 */
@EnabledIfSystemProperty(named = "keyledger.tests", matches = "all")
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTableTest {

    private static final String REALM = "crash";

    @Parameter
    SharedServer kind = SharedServer.H2;

    private final int debugPort = Ports.free().http();
    private final Map<Long, String> roots = new HashMap<>();
    private @Nullable KeycloakServer started;
    private Path tiles = Path.of("");
    private Path folder = Path.of("");

    @BeforeParameterizedClassInvocation
    void start() throws IOException {
        String name = "crash-table-" + kind.name().toLowerCase(Locale.ROOT);
        DistLauncher launcher = DistLauncher.ofSystemProperties().withDatabase(kind.database("crashtable"));
        folder = launcher.work().resolve(name).toAbsolutePath().resolve("data");
        tiles = folder.resolve("tiles");
        started = launcher.withOptions(
                        "--spi-events-listener--keyledger-audit--tiles-folder=" + tiles,
                        "--debug",
                        "127.0.0.1:" + debugPort)
                .startAfresh(name);
        admin().createRealm(REALM);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server().close();
        roots.clear();
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void nothingIsLostDoubledOrSignedTwice(CrashPoint point) throws InterruptedException, IOException {
        // loads what the point stops in
        createUser(admin().http(), "before-" + point.name());
        // one token from here on: a login has an entry, too
        Http http = admin().http();
        String before = quiet(http);
        String user = "during-" + point.name();
        Debugger debugger = Debugger.attach(debugPort);
        debugger.arm(point);
        CompletableFuture<Boolean> created = CompletableFuture.supplyAsync(() -> createdBeforeTheKill(http, user));
        debugger.awaitStop(point);
        server().kill();
        boolean acknowledged = created.join();

        server().start();
        AuditLog log = admin().auditLog(REALM);
        remember(log.awaitSealed().get("checkpoint").asText());
        boolean there = point.fate() == CrashPoint.Fate.BOTH;
        assertThat(acknowledged).as("user is acknowledged only if he is there").isIn(false, there);
        assertThat(users(user)).hasSize(there ? 1 : 0);
        assertThat(entries(log, user)).hasSize(there ? 1 : 0);

        createUser(admin().http(), "after-" + point.name());
        String after = quiet(admin().http());
        assertThat(entries(log, "after-" + point.name())).hasSize(1);
        assertThat(exported(log).resolve("checkpoint")).hasContent(after);
        String vkey = log.status().get("vkey").asText();
        assertVerified(exported(log), "--vkey", vkey, "--since", write("since", before));
        // last, for the export has an entry, too
        assertVerified(log.bundle(folder.resolve("bundle.zip")), "--since", write("since", before));
    }

    private static boolean createdBeforeTheKill(Http http, String user) {
        try {
            createUser(http, user);
            return true;
        } catch (UncheckedIOException e) {
            // the connection broke, and the request's fate is unknown
            return false;
        }
    }

    private static void createUser(Http http, String name) {
        ObjectNode user = new ObjectMapper().createObjectNode().put("username", name);
        http.post("/admin/realms/" + REALM + "/users", user).expect(201);
    }

    /** Waits until all is sealed, signed and exported, of the admin's realm too; answers the checkpoint. */
    private String quiet(Http http) throws IOException, InterruptedException {
        String checkpoint = "";
        for (String realm : List.of("master", REALM)) {
            AuditLog log = new AuditLog(http.below("/admin/realms/" + realm + "/audit-log"));
            checkpoint = log.awaitSealed().get("checkpoint").asText();
            awaitExported(log, checkpoint);
        }
        remember(checkpoint);
        return checkpoint;
    }

    private List<String> users(String name) {
        return admin().realm(REALM)
                .get("/users?exact=true&username=" + Http.encode(name))
                .expect(200)
                .json()
                .findValuesAsText("username");
    }

    private static List<String> entries(AuditLog log, String user) {
        return log.entries("operation=CREATE&target=" + Http.encode(user)).stream()
                .map(entry -> entry.get("id").asText())
                .toList();
    }

    /** One size has one root, before and after. */
    private void remember(String checkpoint) {
        List<String> lines = checkpoint.lines().toList();
        String other = roots.putIfAbsent(Long.valueOf(lines.get(1)), lines.get(2));
        assertThat(other).as("root of size %s", lines.get(1)).isIn(null, lines.get(2));
    }

    /** A log's folder has the realm's id as its name, as the end of its origin has. */
    private Path exported(AuditLog log) {
        String origin = log.status().get("origin").asText();
        return tiles.resolve(origin.substring(origin.lastIndexOf('/') + 1));
    }

    private void awaitExported(AuditLog log, String checkpoint) throws IOException, InterruptedException {
        Path file = exported(log).resolve("checkpoint");
        for (int i = 0; !(Files.exists(file) && Files.readString(file).equals(checkpoint)); i++) {
            assertThat(i).as("looks for %s in %s", checkpoint, file).isLessThan(300);
            Thread.sleep(100);
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assertVerified(Path bundle, String... options) {
        Command verified = Command.verify(Distribution.fromSystemProperties().jar(), bundle, options);
        assertThat(verified.output()).contains("VERIFIED");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }

    private AdminClient admin() {
        return new AdminClient(server());
    }

    private KeycloakServer server() {
        KeycloakServer running = started;
        if (running == null) {
            throw new IllegalStateException("the server was never started");
        }
        return running;
    }
}
