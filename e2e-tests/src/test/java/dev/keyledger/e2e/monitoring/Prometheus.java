package dev.keyledger.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Await;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A real Prometheus with the shipped configuration and rules, which looks at one server every second. */
public final class Prometheus implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Path TOOL = Path.of("/usr/bin/promtool");
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final Http http;

    /** What it lacks to be started; empty when nothing. */
    public static Optional<String> lacks() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(TOOL)
                ? Optional.empty()
                : Optional.of("prometheus, with promtool, is not installed");
    }

    /** Skips a test where it is missing; in CI that is a failure. */
    public static void require() {
        assertThat(lacks().isPresent() && "true".equals(System.getenv("CI")))
                .as("missing in CI: " + lacks().orElse(""))
                .isFalse();
        assumeTrue(lacks().isEmpty(), () -> "skipped: " + lacks().orElseThrow());
    }

    static String tool() {
        return TOOL.toString();
    }

    /**
     * Starts it.
     *
     * @param folder an empty one
     * @param server where a server's metrics are, such as {@code http://localhost:9000}
     */
    public Prometheus(Path folder, String server) throws IOException {
        int port = Ports.free().http();
        http = new Http("http://localhost:" + port);
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file="
                                + configuration(folder, URI.create(server).getAuthority()),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        await("Prometheus is ready", this::isReady);
    }

    /** The shipped one, with another address, and in a hurry. */
    static Path configuration(Path folder, String target) throws IOException {
        String shipped = Files.readString(Monitoring.file("prometheus.yaml"));
        String adapted = shipped.replace("keycloak:9000", target)
                .replace(
                        "/etc/prometheus/alerts.yaml",
                        Monitoring.file("alerts.yaml").toString())
                .replace("15s", "1s");
        assertThat(adapted).contains(target, Monitoring.file("alerts.yaml").toString(), "scrape_interval: 1s");
        return Files.writeString(folder.resolve("prometheus.yaml"), adapted);
    }

    private boolean isReady() {
        assertThat(process.isAlive()).as("Prometheus runs").isTrue();
        try {
            return http.get("/-/ready").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The series that an expression has now. */
    public JsonNode query(String expression) {
        return data("/api/v1/query?query=" + Http.encode(expression)).get("result");
    }

    /** The names of the alerts that fire. */
    public Set<String> firing() {
        Set<String> firing = new TreeSet<>();
        data("/api/v1/alerts").get("alerts").forEach(alert -> {
            if (alert.get("state").asText().equals("firing")) {
                firing.add(alert.at("/labels/alertname").asText());
            }
        });
        return firing;
    }

    /** Waits until an alert fires, or does not any more. */
    public void awaitFiring(String alert, boolean wanted) {
        await(alert + (wanted ? " fires" : " is over"), () -> firing().contains(alert) == wanted);
    }

    /** The rules, as they were last evaluated. */
    public List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        data("/api/v1/rules").get("groups").forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }

    private JsonNode data(String path) {
        JsonNode answer = http.get(path).json();
        assertThat(answer.get("status").asText()).as(answer.toString()).isEqualTo("success");
        return answer.get("data");
    }

    /** Waits for something, but not for long. */
    public static void await(String what, Callable<Boolean> is) {
        Await.until(what, LIMIT, is);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
