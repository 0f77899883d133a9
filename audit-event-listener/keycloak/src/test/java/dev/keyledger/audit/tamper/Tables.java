package dev.keyledger.audit.tamper;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log's tables in the hands of somebody who owns the database and knows of it no more than the database itself says. */
final class Tables {
    private static final String PREFIX = "AUDIT_";

    private final Connection connection;
    private @Nullable SortedMap<String, List<String>> columns;

    Tables(Connection connection) {
        this.connection = connection;
    }

    /** Every table of the log, with its columns. */
    SortedMap<String, List<String>> columns() throws SQLException {
        SortedMap<String, List<String>> known = columns;
        if (known != null) {
            return known;
        }
        SortedMap<String, List<String>> tables = new TreeMap<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, "%", "%")) {
            while (columns.next()) {
                String table = columns.getString("TABLE_NAME").toUpperCase(Locale.ROOT);
                if (table.startsWith(PREFIX)) {
                    tables.computeIfAbsent(table, name -> new ArrayList<>())
                            .add(columns.getString("COLUMN_NAME").toUpperCase(Locale.ROOT));
                }
            }
        }
        columns = tables;
        return tables;
    }

    /** The last row, by the primary key, of a log; of all rows where the table knows no logs. */
    Map<String, Object> lastRow(String table, String logId) throws SQLException {
        List<Map<String, Object>> rows = rows(table, logId);
        if (rows.isEmpty()) {
            throw new IllegalStateException(table + " has no row of log " + logId);
        }
        return rows.get(rows.size() - 1);
    }

    /** All rows of a log, or of its realm, in the order of the primary key. */
    List<Map<String, Object>> rows(String table, String logId) throws SQLException {
        String log = Stream.of("LOG_ID", "REALM_ID")
                .filter(columns().get(table)::contains)
                .findFirst()
                .orElse(null);
        String sql = "select * from " + table + (log == null ? "" : " where " + log + " = ?") + " order by "
                + String.join(", ", primaryKey(table));
        List<Map<String, Object>> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            if (log != null) {
                select.setString(1, logId);
            }
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        Object value = found.getObject(i);
                        row.put(
                                found.getMetaData().getColumnName(i).toUpperCase(Locale.ROOT),
                                value instanceof Clob text ? text.getSubString(1, (int) text.length()) : value);
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    void set(String table, Map<String, Object> row, String column, Object value) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(value);
        execute("update " + table + " set " + column + " = ? where " + where(table, row, values), values);
    }

    void delete(String table, Map<String, Object> row) throws SQLException {
        List<Object> values = new ArrayList<>();
        execute("delete from " + table + " where " + where(table, row, values), values);
    }

    void insert(String table, Map<String, Object> row) throws SQLException {
        String marks = row.keySet().stream().map(column -> "?").collect(Collectors.joining(", "));
        execute(
                "insert into " + table + " (" + String.join(", ", row.keySet()) + ") values (" + marks + ")",
                new ArrayList<>(row.values()));
    }

    /** A row that says nothing, for a table in which a log that nobody has looked at has none. */
    void insertAny(String table, String logId) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, "%")) {
            while (columns.next()) {
                boolean text = List.of(Types.VARCHAR, Types.CLOB).contains(columns.getInt("DATA_TYPE"));
                row.put(columns.getString("COLUMN_NAME"), text ? "someone" : 1);
            }
        }
        List<String> names = columns().get(table);
        Stream.of("LOG_ID", "REALM_ID").filter(names::contains).findFirst().ifPresent(name -> row.put(name, logId));
        insert(table, row);
    }

    void empty(String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from " + table);
        }
    }

    /** Lets two rows change places: each keeps its key, and has the other's content. */
    void swap(String table, Map<String, Object> one, Map<String, Object> other) throws SQLException {
        delete(table, one);
        delete(table, other);
        Map<String, Object> first = new LinkedHashMap<>(other);
        Map<String, Object> second = new LinkedHashMap<>(one);
        for (String column : primaryKey(table)) {
            first.put(column, one.get(column));
            second.put(column, other.get(column));
        }
        insert(table, first);
        insert(table, second);
    }

    private String where(String table, Map<String, Object> row, List<Object> values) throws SQLException {
        List<String> terms = new ArrayList<>();
        for (String column : primaryKey(table)) {
            terms.add(column + " = ?");
            values.add(row.get(column));
        }
        return String.join(" and ", terms);
    }

    private void execute(String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            int changed = statement.executeUpdate();
            if (changed != 1) {
                throw new IllegalStateException(sql + " changed " + changed + " rows, want 1");
            }
        }
    }

    private List<String> primaryKey(String table) throws SQLException {
        SortedMap<Short, String> key = new TreeMap<>();
        for (String name : List.of(table, table.toLowerCase(Locale.ROOT))) {
            try (ResultSet columns = connection.getMetaData().getPrimaryKeys(null, null, name)) {
                while (columns.next()) {
                    key.put(
                            columns.getShort("KEY_SEQ"),
                            columns.getString("COLUMN_NAME").toUpperCase(Locale.ROOT));
                }
            }
        }
        if (key.isEmpty()) {
            throw new IllegalStateException(table + " has no primary key");
        }
        return List.copyOf(key.values());
    }
}
