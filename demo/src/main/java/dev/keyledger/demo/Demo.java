package dev.keyledger.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.demo.day.Day;
import dev.keyledger.demo.day.Progress;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;

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

    /** Runs the demo; whatever stops it is one line, and exit code 1. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = System.out;
        try {
            new Demo(Settings.ofSystemProperties(), out).run();
        } catch (IllegalStateException | IllegalArgumentException | IOException e) {
            out.println("demo: " + e.getMessage());
            out.flush();
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        settings.requireFreePorts();
        out.println("Keyledger: a day at Acme");
        out.println("  starting Keycloak at http://localhost:" + settings.port() + " (a minute, the first time)");
        DistLauncher launcher = DistLauncher.ofSystemProperties().withPorts(settings.ports());
        KeycloakServer server =
                settings.reset() ? launcher.startAfresh(settings.name()) : launcher.start(settings.name());
        Thread stop = new Thread(server::close, "demo-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        AdminClient admin = new AdminClient(server);
        importRealm(admin);
        Progress progress = new Progress(out);
        new Day(admin, progress).replay();
        new Closing(settings, admin, out).print(progress.total());
        if (!settings.exit()) {
            // Ctrl-C ends the process, and the hook stops Keycloak
            Thread.currentThread().join();
        }
        server.close();
        Runtime.getRuntime().removeShutdownHook(stop);
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
