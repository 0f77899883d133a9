package dev.keyledger.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One running Keycloak for each kind of database, started by the first test that asks and stopped at the end of the run. Tests
 * share it: each makes realms of its own ({@link #freshRealm}) and leaves the server up. A test that kills or reconfigures a
 * server starts its own with a {@link DistLauncher}.
 */
public enum SharedServer {
    H2,
    POSTGRES;

    /** The name of the one realm whose log the running server shows to everybody, once a test creates it. */
    public static final String PUBLISHED = "published";

    private static final AtomicInteger REALMS = new AtomicInteger();
    private static final Object POSTGRES_LOCK = new Object();
    private static final Map<SharedServer, KeycloakServer> RUNNING = new EnumMap<>(SharedServer.class);
    private static final Map<SharedServer, AdminClient> ADMINS = new EnumMap<>(SharedServer.class);
    private static @Nullable EmbeddedPostgres postgres;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::stopAll));
    }

    /**
     * The servers for a test of what no database changes, as a method source: one, and with {@code -Dkeyledger.tests=all}
     * each.
     */
    public static Stream<SharedServer> any() {
        return "all".equals(System.getProperty("keyledger.tests")) ? Stream.of(values()) : Stream.of(POSTGRES);
    }

    /** The running server. */
    public KeycloakServer server() {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(
                    this,
                    kind -> DistLauncher.ofSystemProperties()
                            .withDatabase(kind.database("shared"))
                            .withOptions(
                                    "--spi-realm-restapi-extension--scim--refusal-quiet-seconds=5",
                                    "--spi-realm-restapi-extension--scim--deletion-interval-seconds=2",
                                    "--spi-events-listener--keyledger-audit--public-tiles=" + PUBLISHED,
                                    "--spi-events-listener--keyledger-audit--webhook-http=true",
                                    "--spi-events-listener--keyledger-audit--webhook-local=true",
                                    "--spi-events-listener--keyledger-audit--tiles-folder=" + kind.tiles())
                            .startAfresh(kind.folder()));
        }
    }

    /** Where the running server keeps the tiles of its logs; emptied with its data. */
    public Path tiles() {
        return DistLauncher.ofSystemProperties()
                .work()
                .toAbsolutePath()
                .resolve(folder())
                .resolve("data/tiles");
    }

    private String folder() {
        return "shared-" + name().toLowerCase(Locale.ROOT);
    }

    /** The bootstrap administrator of the running server. */
    public AdminClient admin() {
        synchronized (RUNNING) {
            return ADMINS.computeIfAbsent(this, kind -> new AdminClient(kind.server()));
        }
    }

    /** Creates an empty realm that no other test has, and answers its name. */
    public String freshRealm(String prefix) {
        String realm = prefix + "-" + REALMS.incrementAndGet();
        admin().createRealm(realm);
        return realm;
    }

    /** A database of this kind that nothing else uses; on PostgreSQL it gets the name {@code name}. */
    public Database database(String name) {
        if (this == H2) {
            return new Database.H2();
        }
        EmbeddedPostgres running = postgres();
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return new Database.Postgres(
                "jdbc:postgresql://localhost:" + running.getPort() + "/" + name, "postgres", "postgres");
    }

    /** A connection to the database of the running server, which has to be {@link #POSTGRES}. */
    public Connection connection() throws SQLException {
        return connection("shared");
    }

    /** A connection to a database that {@link #database} has made on PostgreSQL. */
    public Connection connection(String name) throws SQLException {
        return postgres().getDatabase("postgres", name).getConnection();
    }

    /** Runs SQL in the database of the running server. H2's file is the server's alone: there it is down meanwhile. */
    public void execute(String sql) {
        KeycloakServer running = server();
        if (this == H2) {
            running.stop();
        }
        try (var connection = this == H2 ? h2(running) : connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + sql, e);
        }
        if (this == H2) {
            running.start();
        }
    }

    private static Connection h2(KeycloakServer stopped) throws SQLException {
        Path file = stopped.home().resolve("data/h2/keycloakdb");
        return DriverManager.getConnection("jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE", "", "");
    }

    private static EmbeddedPostgres postgres() {
        synchronized (POSTGRES_LOCK) {
            try {
                if (postgres == null) {
                    postgres = EmbeddedPostgres.builder()
                            .setRegisterShutdownHook(false)
                            .start();
                }
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start PostgreSQL", e);
            }
        }
    }

    /** The servers first: one that loses its database complains at length. */
    private static void stopAll() {
        synchronized (RUNNING) {
            RUNNING.values().forEach(KeycloakServer::close);
        }
        try {
            EmbeddedPostgres database = postgres;
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        }
    }
}
