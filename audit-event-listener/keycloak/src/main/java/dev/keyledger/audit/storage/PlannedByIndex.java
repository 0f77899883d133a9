package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.Session;

/**
 * Has a transaction's statements planned by their indexes. Every statement that seals has one to begin with; PostgreSQL
 * prefers reading and sorting a whole table where it has not counted its rows yet, or takes a list of hundreds of keys for
 * more work than it is.
 */
final class PlannedByIndex {
    private static final List<String> OTHER_PLANS = List.of("enable_seqscan", "enable_bitmapscan", "enable_sort");

    private PlannedByIndex() {}

    /** From here on, until the transaction ends; other databases plan as they do. */
    static void begin(EntityManager em) {
        em.unwrap(Session.class).doWork(PlannedByIndex::begin);
    }

    private static void begin(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = connection.createStatement()) {
                for (String plan : OTHER_PLANS) {
                    statement.execute("set local " + plan + " = off");
                }
            }
        }
    }
}
