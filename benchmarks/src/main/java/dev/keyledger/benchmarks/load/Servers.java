package dev.keyledger.benchmarks.load;

import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Starts the servers of a run, each on an empty database, and stops them at its end. */
final class Servers implements AutoCloseable {
    private final Settings.DatabaseKind kind;
    private final Deque<Side> running = new ArrayDeque<>();
    private final Path data;
    private @Nullable EmbeddedPostgres postgres;

    Servers(Settings.DatabaseKind kind) {
        this.kind = kind;
        this.data = Path.of(System.getProperty("keyledger.work"), "postgres").toAbsolutePath();
    }

    /** Keycloak with the shipped jar. */
    Side keyledger() {
        Database database = database("bench_keyledger");
        KeycloakServer server = start("keyledger", launcher().withDatabase(database));
        return opened(Side.keyledger(server, this::databaseCpu, clones(database, server)));
    }

    private static Clones clones(Database database, KeycloakServer server) {
        return database instanceof Database.Postgres postgres
                ? Clones.postgres(postgres.url(), postgres.user(), postgres.password())
                : Clones.h2(server.home().resolve("data/h2/keycloakdb").toString());
    }

    /** The same Keycloak without the jar, with its own SCIM on. */
    Side peer() {
        DistLauncher launcher = launcher();
        return opened(Side.peer(
                start(
                        "native",
                        launcher.withDistribution(launcher.distribution().withoutJar("scim-api"))
                                .withDatabase(database("bench_native"))),
                this::databaseCpu));
    }

    private static DistLauncher launcher() {
        return DistLauncher.ofSystemProperties().withPorts(Ports.free());
    }

    private Side opened(Side side) {
        running.push(side);
        return side;
    }

    private KeycloakServer start(String name, DistLauncher launcher) {
        return launcher.startAfresh("bench-" + name + "-" + kind.name().toLowerCase(Locale.ROOT));
    }

    private Database database(String name) {
        if (kind == Settings.DatabaseKind.H2) {
            return new Database.H2();
        }
        EmbeddedPostgres server = postgres();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return new Database.Postgres(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
    }

    /** The library turns durability off for tests; here its price is part of what is measured. */
    private EmbeddedPostgres postgres() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setRegisterShutdownHook(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("shared_buffers", "256MB")
                        .start();
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        }
    }

    /** What PostgreSQL's processes have used; H2 lives in the server. */
    private Duration databaseCpu() {
        if (postgres == null) {
            return Duration.ZERO;
        }
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return ProcessHandle.of(pid).map(KeycloakServer::cpuTime).orElse(Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find PostgreSQL's process", e);
        }
    }

    @Override
    public void close() {
        running.forEach(Side::close);
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
