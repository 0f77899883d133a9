package dev.keyledger.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Keycloak process. {@link #kill()} is {@code kill -9}: what a power cut leaves behind; {@link #start()} starts it again on
 * the same data. Not thread-safe: one owner starts and stops it, any thread may talk to it over HTTP.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final int LOG_TAIL_LINES = 60;

    private final Path home;
    private final Ports ports;
    private final List<String> options;
    private final String jvm;
    private @Nullable Process process;

    KeycloakServer(Path home, Ports ports, List<String> options, String jvm) {
        this.home = home;
        this.ports = ports;
        this.options = options;
        this.jvm = jvm;
    }

    /** The folder the server runs in; its H2 database is {@code data/h2/keycloakdb.mv.db} below it. */
    public Path home() {
        return home;
    }

    /** {@code http://localhost:<port>}, without a slash at the end. */
    public String baseUrl() {
        return "http://localhost:" + ports.http();
    }

    /** Where health and metrics are, without a slash at the end. */
    public String managementUrl() {
        return "http://localhost:" + ports.management();
    }

    /** Everything the server has printed since it was first started in this folder. */
    public String logs() {
        try {
            return Files.exists(log()) ? Files.readString(log(), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log(), e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The CPU time, user and system, that the running server has used since it was started. */
    public Duration cpuTime() {
        Process running = process;
        return running == null ? Duration.ZERO : cpuTime(running.toHandle());
    }

    /** The CPU time, user and system, of that process and of those that it started. */
    public static Duration cpuTime(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The CPU time that the compilers of the running server have used since it was started. On Linux only. */
    public Duration compilerTime() {
        Process running = process;
        if (running == null) {
            return Duration.ZERO;
        }
        return Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .flatMap(each -> compilerThreads(each.pid()).stream())
                .map(KeycloakServer::ticks)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static List<Path> compilerThreads(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            List<Path> found = new ArrayList<>();
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre\\s*")) {
                    found.add(thread.resolve("stat"));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the threads of " + pid, e);
        }
    }

    /** User and system time of a thread, in hundredths of a second behind its name. */
    private static Duration ticks(Path stat) {
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + stat, e);
        }
    }

    /** Whether the running server has a TCP connection that begins at this port. On Linux only. */
    public boolean isConnectedFrom(int port) {
        Process running = process;
        if (running == null) {
            return false;
        }
        Set<String> sockets = new HashSet<>();
        try {
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] columns = line.strip().split("\\s+", -1);
                    if (columns[1].endsWith(String.format(":%04X", port))) {
                        sockets.add("socket:[" + columns[9] + "]");
                    }
                }
            }
            for (ProcessHandle each : Stream.concat(Stream.of(running.toHandle()), running.descendants())
                    .toList()) {
                for (String file : openFiles(each.pid())) {
                    if (sockets.contains(file)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read whose connection it is", e);
        }
    }

    private static List<String> openFiles(long pid) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                try {
                    open.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException e) {
                    // It was closed between the two looks, so it is not the one.
                }
            }
        }
        return open;
    }

    /** Starts the process and waits for {@code /health/ready}. */
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException("server in " + home + " runs already");
        }
        try {
            ProcessBuilder builder = process(home, options, log());
            if (!jvm.isEmpty()) {
                builder.environment().put("JAVA_OPTS_APPEND", jvm);
            }
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + home.resolve("bin/kc.sh"), e);
        }
        awaitReady(process);
    }

    /** Stops it as an operator would (SIGTERM), and waits. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        if (!exitsWithin(running, STOP_LIMIT)) {
            kill();
        }
        process = null;
    }

    /** Ends it at once (SIGKILL): no shutdown hook runs, nothing is flushed. */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        exitsWithin(running, STOP_LIMIT);
        process = null;
    }

    /** {@link #stop()} and {@link #start()}. */
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private void awaitReady(Process started) {
        Instant limit = Instant.now().plus(READY_LIMIT);
        Http http = new Http(managementUrl());
        while (Instant.now().isBefore(limit)) {
            if (!started.isAlive()) {
                throw new IllegalStateException(
                        "Keycloak ended with exit code " + started.exitValue() + " before it was ready" + tail(log()));
            }
            if (http.answers("/health/ready")) {
                return;
            }
            pause();
        }
        kill();
        throw new IllegalStateException("Keycloak was not ready within " + READY_LIMIT + tail(log()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak started", e);
        }
    }

    static ProcessBuilder process(Path home, List<String> options, Path log) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/kc.sh").toString());
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", DistLauncher.ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", DistLauncher.ADMIN_PASSWORD);
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1024m");
        return builder;
    }

    static boolean exitsWithin(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Keycloak", e);
        }
    }

    static String tail(Path log) {
        try {
            if (!Files.exists(log)) {
                return "; it wrote no log";
            }
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
            return "; the end of " + log + ":\n" + String.join("\n", last);
        } catch (IOException e) {
            return "; its log " + log + " cannot be read: " + e.getMessage();
        }
    }
}
