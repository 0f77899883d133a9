package dev.keyledger.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo as a stranger runs it: a process of its own, whose printed commands are copied to a shell. */
class DemoTest {

    private static final Path ROOT = Path.of(System.getProperty("demo.root", "."));
    private static final Pattern ENTRIES = Pattern.compile("(\\d+) entries in Acme's log");
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void aTakenPortIsSaidInOneLineBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = start(taken.getLocalPort(), "demo-taken");
            String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output.lines())
                    .singleElement()
                    .asString()
                    .startsWith("demo: port " + taken.getLocalPort() + " is taken");
            assertThat(demo.onExit().join().exitValue()).isEqualTo(1);
        }
    }

    @Test
    void theDayIsReplayedWhatIsPrintedWorksAndTheNextDayGoesOnFromThere() throws IOException, InterruptedException {
        int port = freePort();
        Process first = start(port, "demo-test", "-Ddemo.reset");
        List<String> lines = readUntil(first, "Keycloak stays up until Ctrl-C");
        List<String> commands = lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("curl ") || line.startsWith("java "))
                .toList();
        assertThat(commands).hasSize(4);

        assertThat(succeeds(commands.get(0))).contains("\"totalResults\"", "\"userName\"");
        succeeds(commands.get(1));
        assertThat(succeeds(commands.get(2))).contains("VERIFIED " + entries(lines) + " entries");
        succeeds(commands.get(3));
        assertThat(succeeds(commands.get(0))).as("with the new token").contains("\"totalResults\"");

        interrupt(first);
        assertThat(Ports.isTaken(port)).as("Keycloak still listens").isFalse();

        Process second = start(port, "demo-test", "-Ddemo.exit");
        List<String> nextDay = readUntil(second, "Tokens ");
        assertThat(entries(nextDay)).isGreaterThan(entries(lines) + 50);
        assertThat(second.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
    }

    @Test
    void ctrlCWhileKeycloakStartsLeavesNothingBehind() throws IOException, InterruptedException {
        Process demo = start(freePort(), "demo-interrupted", "-Ddemo.exit");
        readUntil(demo, "  starting Keycloak");
        List<ProcessHandle> children = awaitChildren(demo);

        interrupt(demo);

        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    /** What the demo has started, as soon as it has. */
    private static List<ProcessHandle> awaitChildren(Process demo) throws InterruptedException {
        Instant limit = Instant.now().plus(STOPS_WITHIN);
        while (demo.descendants().count() < 2 && Instant.now().isBefore(limit)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return demo.descendants().toList();
    }

    /** Runs a printed command as it stands; answers what it printed. */
    private static String succeeds(String command) {
        Command done = Command.run(ROOT, "sh", "-c", command);
        assertThat(done.exitCode()).as(command + "\n" + done.output()).isZero();
        return done.output();
    }

    private Process start(int port, String name, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("-Ddemo.port=" + port, "-Ddemo.name=" + name, "-Dfile.encoding=UTF-8"));
        for (String property : List.of("demo.root", "keycloak.home", "keyledger.jar", "keyledger.work")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.addAll(List.of(options));
        command.add("dev.keyledger.demo.Demo");
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    /** Everything up to the line that begins so; fails with what there was when the process ends before. */
    private static List<String> readUntil(Process process, String last) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(last)) {
                return lines;
            }
        }
        throw new AssertionError("the demo ended before \"" + last + "\":\n" + String.join("\n", lines));
    }

    /** As Ctrl-C, but with SIGTERM: whoever runs the tests in the background has them ignore SIGINT. */
    private static void interrupt(Process process) throws InterruptedException {
        Command.run(ROOT, "kill", "-TERM", Long.toString(process.pid()));
        assertThat(process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as("ends when it is told to")
                .isTrue();
    }

    private static long entries(List<String> lines) {
        Matcher found = ENTRIES.matcher(String.join("\n", lines));
        assertThat(found.find()).as("says how many entries there are").isTrue();
        return Long.parseLong(found.group(1));
    }

    private static int freePort() {
        return Ports.free().http();
    }
}
