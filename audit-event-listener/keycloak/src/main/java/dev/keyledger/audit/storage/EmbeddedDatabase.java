package dev.keyledger.audit.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.hibernate.Session;

/**
 * Makes H2, Keycloak's embedded database, write a commit to its file before it answers. As it comes it collects commits
 * in memory for up to half a second, so that a killed process takes changes with it that were answered with success.
 *
 * <p>Done at every start: H2 stores the setting, and yet opens the next time with its default. Any other database is
 * left as its administrator has set it up.
 */
public final class EmbeddedDatabase {
    private static final String H2 = "H2";

    private EmbeddedDatabase() {}

    /** Returns whether there was something to set. H2 demands an administrator's right, which the owner of the file has. */
    public static boolean writeEveryCommit(Transactions transactions) {
        return transactions.run(em -> em.unwrap(Session.class).doReturningWork(EmbeddedDatabase::writeEveryCommit));
    }

    static boolean isUsed(Transactions transactions) {
        return transactions.run(em -> em.unwrap(Session.class).doReturningWork(EmbeddedDatabase::isUsed));
    }

    private static boolean isUsed(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals(H2);
    }

    private static boolean writeEveryCommit(Connection connection) throws SQLException {
        if (!isUsed(connection)) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET WRITE_DELAY 0");
        }
        return true;
    }
}
