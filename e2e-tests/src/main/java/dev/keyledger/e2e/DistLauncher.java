package dev.keyledger.e2e;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Starts the real Keycloak distribution with the shipped jar as a plain process on the loopback interface.
 *
 * <p>Augmentation ({@code kc.sh build}, about half a minute of CPU) is done once for each kind of database and jar, in a folder
 * beside the pristine distribution that later launches copy, also those of another process. A launcher is immutable; its
 * {@code with…} methods answer a changed copy.
 *
 * @param distribution what to start
 * @param database where it stores
 * @param work the folder that holds the homes of servers; one process at a time uses it
 * @param ports HTTP and management port
 * @param options further options for {@code kc.sh start}, e.g. {@code --log-level=…}, and those of {@code kc.sh build} that
 *     {@link #BUILD_OPTIONS} names
 * @param jvm options for the Java that runs the server, separated by blanks
 */
public record DistLauncher(
        Distribution distribution, Database database, Path work, Ports ports, List<String> options, String jvm) {

    /** The bootstrap administrator of every server that a launcher starts on an empty database. */
    public static final String ADMIN = "admin";

    /** That administrator's password: the server listens on loopback only. */
    public static final String ADMIN_PASSWORD = "admin";

    /** Options that Keycloak takes when it is built, and at no other time. */
    private static final List<String> BUILD_OPTIONS =
            List.of("--vault=", "--http-relative-path=", "--http-management-relative-path=", "--spi-theme-selector--");

    private static final Object BUILDING = new Object();
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(6);

    /** H2, free ports, and the folders and options that the build names in system properties. */
    public static DistLauncher ofSystemProperties() {
        return new DistLauncher(
                Distribution.fromSystemProperties(),
                new Database.H2(),
                Path.of(System.getProperty("keyledger.work", "target/servers")),
                Ports.free(),
                List.of(System.getProperty("keyledger.server.options", "").split(" ")).stream()
                        .filter(option -> !option.isEmpty())
                        .toList(),
                System.getProperty("keyledger.server.jvm", ""));
    }

    public DistLauncher withDistribution(Distribution other) {
        return new DistLauncher(other, database, work, ports, options, jvm);
    }

    public DistLauncher withDatabase(Database other) {
        return new DistLauncher(distribution, other, work, ports, options, jvm);
    }

    public DistLauncher withPorts(Ports other) {
        return new DistLauncher(distribution, database, work, other, options, jvm);
    }

    public DistLauncher withOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new DistLauncher(distribution, database, work, ports, List.copyOf(all), jvm);
    }

    public DistLauncher withJvm(String other) {
        return new DistLauncher(distribution, database, work, ports, options, other);
    }

    /**
     * Starts a server in the folder {@code work/name} and waits until it is ready. A folder that exists keeps its data and is
     * started again, with the current jar.
     *
     * @throws IllegalStateException when it does not become ready; the message carries the end of its log
     */
    public KeycloakServer start(String name) {
        Path home = work.resolve(name).toAbsolutePath();
        Path marker = home.resolve("keyledger-build");
        try {
            String build = buildId();
            if (!Files.exists(home.resolve("bin/kc.sh"))) {
                // moved into place when it is whole: a copy that was interrupted is made again
                Path copy = home.resolveSibling(home.getFileName() + ".part");
                Distribution.copyTree(built(build), copy);
                Files.move(copy, home);
            } else if (!Files.exists(marker) || !Files.readString(marker).equals(build)) {
                distribution.replaceJar(home);
                augment(home, build);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + home, e);
        }
        KeycloakServer server = new KeycloakServer(home, ports, startOptions(), jvm);
        server.start();
        return server;
    }

    /** {@link #start} on an empty database: what an earlier server left in that folder is removed before. */
    public KeycloakServer startAfresh(String name) {
        Path home = work.resolve(name).toAbsolutePath();
        try {
            Distribution.deleteTree(home.resolve("data"));
            Files.deleteIfExists(home.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + home, e);
        }
        return start(name);
    }

    private List<String> buildOptions() {
        return options.stream()
                .filter(option -> BUILD_OPTIONS.stream().anyMatch(option::startsWith))
                .toList();
    }

    private List<String> startOptions() {
        List<String> all = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + ports.http(),
                "--http-management-port=" + ports.management()));
        all.addAll(database.options());
        // what "build" was told of the cache does not last, and the cluster's ports are the same for every server of a
        // machine
        if (options.stream().noneMatch(option -> option.startsWith("--cache="))) {
            all.add("--cache=local");
        }
        all.addAll(options);
        all.removeAll(buildOptions());
        return List.copyOf(all);
    }

    /** The augmented distribution for this jar and kind of database, built on first use. */
    private Path built(String build) throws IOException {
        Path base = distribution
                .home()
                .resolveSibling("built-" + database.kind() + "-" + build)
                .toAbsolutePath();
        // two servers that start at the same time may want the same one: of this process, or of two
        synchronized (BUILDING) {
            try (FileChannel channel =
                            FileChannel.open(base.resolveSibling(base.getFileName() + ".lock"), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(base.resolve("keyledger-build"))) {
                    distribution.installAt(base);
                    augment(base, build);
                }
            }
        }
        return base;
    }

    private void augment(Path home, String build) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "build",
                "--db=" + database.kind(),
                "--health-enabled=true",
                "--metrics-enabled=true",
                "--cache=local"));
        command.addAll(buildOptions());
        if (!distribution.features().isEmpty()) {
            command.add("--features=" + String.join(",", distribution.features()));
        }
        ProcessBuilder builder = KeycloakServer.process(home, command, home.resolve("build.log"));
        // it is over before the second compiler pays, which would double its CPU time
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        Process kc = builder.start();
        if (!KeycloakServer.exitsWithin(kc, BUILD_LIMIT)) {
            kc.destroyForcibly();
            throw new IllegalStateException("kc.sh build did not end within " + BUILD_LIMIT + tail(home));
        }
        if (kc.exitValue() != 0) {
            throw new IllegalStateException("kc.sh build ended with exit code " + kc.exitValue() + tail(home));
        }
        // written last: a folder without it was interrupted and is built again
        Files.writeString(home.resolve("keyledger-build"), build);
    }

    private static String tail(Path home) {
        return KeycloakServer.tail(home.resolve("build.log"));
    }

    private String buildId() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(distribution.withJar() ? Files.readAllBytes(distribution.jar()) : new byte[0]);
            for (Path other : distribution.others()) {
                digest.update(Files.readAllBytes(other));
            }
            digest.update(String.join(",", distribution.features()).getBytes(StandardCharsets.UTF_8));
            digest.update(String.join(",", buildOptions()).getBytes(StandardCharsets.UTF_8));
            digest.update(Objects.toString(distribution.home().getFileName()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
