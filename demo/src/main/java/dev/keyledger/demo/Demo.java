package dev.keyledger.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.demo.day.Day;
import dev.keyledger.demo.day.Progress;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./mvnw -Pdemo}: starts Keycloak with the jar, replays a day at Acme, says what can be looked at, and stays up until
 * Ctrl-C. {@link Settings} says what can be set.
 */
public final class Demo {

    static final String REALM = "acme";

    private final Settings settings;
    private final PrintStream out;

    private Demo(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs the demo; whatever stops it is one line, and exit code 1. This is the outermost boundary. */
    public static void main(String[] args) {
        // whatever the locale is, a checkpoint's signature line begins with a dash that is not in ASCII
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Curtain curtain = new Curtain(out);
        try {
            Settings settings = Settings.ofSystemProperties();
            settings.requireFreePort();
            curtain.hang();
            new Demo(settings, out).run();
        } catch (RuntimeException | IOException e) {
            curtain.holdIfFalling();
            out.println("demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        out.println("Keyledger: a day at Acme");
        out.println(
                "  starting Keycloak at http://localhost:" + settings.port() + " (a minute or two, the first time)");
        DistLauncher launcher = DistLauncher.ofSystemProperties().withPorts(settings.ports());
        KeycloakServer server =
                settings.reset() ? launcher.startAfresh(settings.name()) : launcher.start(settings.name());
        AdminClient admin = new AdminClient(server);
        importRealm(admin);
        Progress progress = new Progress(out);
        new Day(admin, progress).replay();
        new Closing(settings, admin, out).print(progress.total());
        if (settings.exit()) {
            server.close();
        } else {
            awaitEnd(server);
        }
    }

    /** Ctrl-C ends the process, and the curtain stops Keycloak. */
    private static void awaitEnd(KeycloakServer server) {
        try {
            while (server.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        throw new IllegalStateException(
                "Keycloak has ended by itself; see " + server.home().resolve("server.log"));
    }

    private static void importRealm(AdminClient admin) throws IOException {
        if (admin.realm(REALM).get("").status() == 200) {
            return;
        }
        try (InputStream file = Objects.requireNonNull(Demo.class.getResourceAsStream("/acme-realm.json"))) {
            JsonNode realm = new ObjectMapper().readTree(file);
            admin.createRealm(realm);
        }
    }
}
