package dev.keyledger.benchmarks.load;

import dev.keyledger.benchmarks.load.Side.Running;
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
    private final Deque<KeycloakServer> running = new ArrayDeque<>();
    private final Path data;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Running with;
    private @Nullable Running without;

    Servers(Settings.DatabaseKind kind) {
        this.kind = kind;
        this.data = Path.of(System.getProperty("keyledger.work"), "postgres").toAbsolutePath();
    }

    /** SCIM on a Keycloak with the shipped jar. */
    Side keyledger() {
        Database database = database("bench_keyledger");
        Running shipped = start("keyledger", launcher().withDatabase(database));
        return Side.keyledger(shipped, clones(database, shipped.server()));
    }

    /** The five ways to record: with and without Keycloak's own stores, on a server with the shipped jar and on one without. */
    Program.Recorded recorded(Realms.Hash hash) {
        if (with == null || without == null) {
            with = start("keyledger", launcher().withDatabase(database("bench_keyledger")));
            without = start("native", plain().withDatabase(database("bench_native")));
        }
        return new Program.Recorded(
                hash,
                Side.recorded("nothing", without, hash, false, false),
                Side.recorded("stores", without, hash, true, false),
                Side.recorded("keyledger", with, hash, false, true),
                Side.asynchronous(with, hash),
                Side.recorded("both", with, hash, true, true));
    }

    private static Clones clones(Database database, KeycloakServer server) {
        return database instanceof Database.Postgres postgres
                ? Clones.postgres(postgres.url(), postgres.user(), postgres.password())
                : Clones.h2(server.home().resolve("data/h2/keycloakdb").toString());
    }

    /** The same Keycloak without the jar, with its own SCIM on. */
    Side peer() {
        DistLauncher launcher = plain().withDatabase(database("bench_native"));
        return Side.peer(start(
                "native",
                kind == Settings.DatabaseKind.H2_WRITTEN
                        ? launcher.withOptions("--db-url-properties=;WRITE_DELAY=0")
                        : launcher));
    }

    private static DistLauncher plain() {
        DistLauncher launcher = launcher();
        return launcher.withDistribution(launcher.distribution().withoutJar("scim-api"));
    }

    private static DistLauncher launcher() {
        return DistLauncher.ofSystemProperties().withPorts(Ports.free());
    }

    private Running start(String name, DistLauncher launcher) {
        KeycloakServer server =
                launcher.startAfresh("bench-" + name + "-" + kind.name().toLowerCase(Locale.ROOT));
        running.push(server);
        return new Running(server, this::databaseCpu);
    }

    private Database database(String name) {
        if (kind != Settings.DatabaseKind.POSTGRES) {
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
        running.forEach(KeycloakServer::close);
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
