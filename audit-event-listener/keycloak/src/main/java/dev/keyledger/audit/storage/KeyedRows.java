package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.util.JpaUtils;

/**
 * Finds and deletes rows of one table by many keys at a time, past the persistence context: it sees what was flushed.
 *
 * <p>PostgreSQL takes the keys as one array, which it joins with the table by the index. Given a list it may plan, once for all
 * time, to read the whole table and compare each row with each key. The other databases take a list, whose length is a power
 * of two, the last key repeated, so that Java and the database see ten statements and plan each once.
 *
 * @param key the column that is looked at; indexed
 * @param value the column that is told; text
 */
record KeyedRows(String table, String key, String value) {
    private static final int MAX_KEYS = 512;

    /**
     * Tells key and value of each row that is stored.
     *
     * @param logId whose rows; null for every log's
     */
    void find(EntityManager em, @Nullable String logId, Collection<String> keys, BiConsumer<String, String> each) {
        String select = "select " + key + ", " + value + " from " + table(em) + where(logId);
        run(em, select, logId, keys, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(rows.getString(1), rows.getString(2));
                }
            }
        });
    }

    /** Deletes the rows with these keys; answers how many there were. */
    int delete(EntityManager em, Collection<String> keys) {
        int[] deleted = {0};
        run(em, "delete from " + table(em) + where(null), null, keys, statement -> {
            deleted[0] += statement.executeUpdate();
        });
        return deleted[0];
    }

    private String table(EntityManager em) {
        return JpaUtils.getTableNameForNativeQuery(table, em);
    }

    private String where(@Nullable String logId) {
        return " where " + (logId == null ? "" : "LOG_ID = ? and ") + key + " in (";
    }

    private interface Use {
        void of(PreparedStatement statement) throws SQLException;
    }

    private static void run(EntityManager em, String sql, @Nullable String logId, Collection<String> keys, Use use) {
        List<String> all = List.copyOf(keys);
        em.unwrap(Session.class).doWork(connection -> {
            boolean takesArrays =
                    connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            for (int from = 0; from < all.size(); from += MAX_KEYS) {
                List<String> some = all.subList(from, Math.min(all.size(), from + MAX_KEYS));
                if (takesArrays) {
                    byArray(connection, sql, logId, some, use);
                } else {
                    byList(connection, sql, logId, some, use);
                }
            }
        });
    }

    private static void byArray(Connection connection, String sql, @Nullable String logId, List<String> keys, Use use)
            throws SQLException {
        Array array = connection.createArrayOf("varchar", keys.toArray());
        try (PreparedStatement statement = connection.prepareStatement(sql + "select unnest(?))")) {
            statement.setArray(bind(statement, logId), array);
            use.of(statement);
        } finally {
            array.free();
        }
    }

    private static void byList(Connection connection, String sql, @Nullable String logId, List<String> keys, Use use)
            throws SQLException {
        int places = Math.max(1, Integer.highestOneBit(keys.size() * 2 - 1));
        String whole = sql + String.join(", ", Collections.nCopies(places, "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(whole)) {
            int first = bind(statement, logId);
            for (int place = 0; place < places; place++) {
                statement.setString(first + place, keys.get(Math.min(place, keys.size() - 1)));
            }
            use.of(statement);
        }
    }

    /** Answers which parameter comes next. */
    private static int bind(PreparedStatement statement, @Nullable String logId) throws SQLException {
        if (logId == null) {
            return 1;
        }
        statement.setString(1, logId);
        return 2;
    }
}
