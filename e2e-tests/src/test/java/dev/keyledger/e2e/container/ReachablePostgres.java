package dev.keyledger.e2e.container;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** A PostgreSQL process on this host that containers reach too, with a password; whoever is on the loopback needs none. */
final class ReachablePostgres implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private ReachablePostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it with one database and its owner, both named {@code name}. */
    static ReachablePostgres start(Path folder, String name, String password) throws IOException, SQLException {
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all postgres ::1/128 trust
                host %1$s %1$s all scram-sha-256
                """.formatted(name));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                // an address that this host has not got is passed over: a virtual machine's engine comes by the
                // loopback
                .setServerConfig("listen_addresses", "localhost," + ContainerEngine.hostAddress())
                .setServerConfig("hba_file", rules.toString())
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role " + name + " login password '" + password + "'");
            statement.execute("create database " + name + " owner " + name);
        }
        return new ReachablePostgres(postgres);
    }

    int port() {
        return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
