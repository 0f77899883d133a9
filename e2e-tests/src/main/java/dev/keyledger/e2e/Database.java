package dev.keyledger.e2e;

import java.util.List;

/** The database that a Keycloak under test stores to. {@code kind} is Keycloak's own name for it ({@code --db}). */
public sealed interface Database {

    String kind();

    /** Run-time options beyond {@code --db}. */
    List<String> options();

    /** The embedded H2, in a file below the server's home: the default of a fresh Keycloak. */
    record H2() implements Database {
        @Override
        public String kind() {
            return "dev-file";
        }

        @Override
        public List<String> options() {
            return List.of();
        }
    }

    /** A PostgreSQL reached by a JDBC URL without credentials in it. */
    record Postgres(String url, String user, String password) implements Database {
        @Override
        public String kind() {
            return "postgres";
        }

        @Override
        public List<String> options() {
            return List.of("--db-url=" + url, "--db-username=" + user, "--db-password=" + password);
        }
    }
}
