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
 * <p>Where a list of keys stands in the statement, their number is a power of two, the last key repeated, so that Java and the
 * database see ten statements and plan each once. PostgreSQL looks up an array of keys one by one: given a list it may plan,
 * once for all time and before it has counted its rows, to read every row of the log and to compare each with each key.
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
        String select = "select " + key + ", " + value + " from " + table(em) + " where "
                + (logId == null ? "" : "LOG_ID = ? and ") + key;
        Use use = statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(rows.getString(1), rows.getString(2));
                }
            }
        };
        inTurn(em, keys, (connection, some) -> {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                oneByOne(connection, select, logId, some, use);
            } else {
                byList(connection, select, logId, some, use);
            }
        });
    }

    /** Deletes the rows with these keys; answers how many there were. */
    int delete(EntityManager em, Collection<String> keys) {
        int[] deleted = {0};
        String delete = "delete from " + table(em) + " where " + key;
        inTurn(
                em,
                keys,
                (connection, some) -> byList(connection, delete, null, some, statement -> {
                    deleted[0] += statement.executeUpdate();
                }));
        return deleted[0];
    }

    private String table(EntityManager em) {
        return JpaUtils.getTableNameForNativeQuery(table, em);
    }

    private interface Use {
        void of(PreparedStatement statement) throws SQLException;
    }

    private interface Turn {
        void of(Connection connection, List<String> keys) throws SQLException;
    }

    private static void inTurn(EntityManager em, Collection<String> keys, Turn turn) {
        List<String> all = List.copyOf(keys);
        em.unwrap(Session.class).doWork(connection -> {
            for (int from = 0; from < all.size(); from += MAX_KEYS) {
                turn.of(connection, all.subList(from, Math.min(all.size(), from + MAX_KEYS)));
            }
        });
    }

    /** The offset keeps the planner from turning the lookups into a join of its own. */
    private static void oneByOne(
            Connection connection, String select, @Nullable String logId, List<String> keys, Use use)
            throws SQLException {
        String whole = "select found.* from unnest(?) as wanted(key) cross join lateral (" + select
                + " = wanted.key offset 0) as found";
        Array array = connection.createArrayOf("varchar", keys.toArray());
        try (PreparedStatement statement = connection.prepareStatement(whole)) {
            statement.setArray(1, array);
            bind(statement, 2, logId);
            use.of(statement);
        } finally {
            array.free();
        }
    }

    private static void byList(Connection connection, String sql, @Nullable String logId, List<String> keys, Use use)
            throws SQLException {
        int places = Math.max(1, Integer.highestOneBit(keys.size() * 2 - 1));
        String whole = sql + " in (" + String.join(", ", Collections.nCopies(places, "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(whole)) {
            int first = bind(statement, 1, logId);
            for (int place = 0; place < places; place++) {
                statement.setString(first + place, keys.get(Math.min(place, keys.size() - 1)));
            }
            use.of(statement);
        }
    }

    /** Answers which parameter comes next. */
    private static int bind(PreparedStatement statement, int parameter, @Nullable String logId) throws SQLException {
        if (logId == null) {
            return parameter;
        }
        statement.setString(parameter, logId);
        return parameter + 1;
    }
}
