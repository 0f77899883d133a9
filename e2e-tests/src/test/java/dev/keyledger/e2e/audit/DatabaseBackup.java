package dev.keyledger.e2e.audit;

import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A copy of a server's whole database, and its return. The server must be down for both. */
final class DatabaseBackup {

    private final KeycloakServer server;
    private final Database database;

    private DatabaseBackup(KeycloakServer server, Database database) {
        this.server = server;
        this.database = database;
    }

    static DatabaseBackup take(KeycloakServer server, Database database) {
        DatabaseBackup backup = new DatabaseBackup(server, database);
        backup.copy("", "_backup");
        return backup;
    }

    /** Puts the copy in the place of what is there. */
    void restore() {
        copy("_backup", "");
    }

    private void copy(String from, String to) {
        if (database instanceof Database.Postgres postgres) {
            copy(postgres, from, to);
            return;
        }
        Path file = server.home().resolve("data/h2/keycloakdb.mv.db");
        try {
            Files.copy(
                    file.resolveSibling(file.getFileName() + from),
                    file.resolveSibling(file.getFileName() + to),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file, e);
        }
    }

    private static void copy(Database.Postgres postgres, String from, String to) {
        int slash = postgres.url().lastIndexOf('/');
        String name = postgres.url().substring(slash + 1);
        String other = postgres.url().substring(0, slash + 1) + "postgres";
        try (Connection connection = DriverManager.getConnection(other, postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + to);
            statement.execute("create database " + name + to + " template " + name + from);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy the database " + name, e);
        }
    }
}
