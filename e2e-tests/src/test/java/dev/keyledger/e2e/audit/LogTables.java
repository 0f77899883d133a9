package dev.keyledger.e2e.audit;

import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.KeycloakServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log's tables in the hands of somebody who owns the database. On H2 the server must be down. */
final class LogTables implements AutoCloseable {

    private static final Pattern TIME = Pattern.compile("(\"t\":[0-9]+)([0-9])");

    private final Connection connection;

    private LogTables(Connection connection) {
        this.connection = connection;
    }

    static LogTables open(KeycloakServer server, Database database) throws SQLException {
        if (database instanceof Database.Postgres postgres) {
            return new LogTables(DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password()));
        }
        Path file = server.home().resolve("data/h2/keycloakdb");
        return new LogTables(DriverManager.getConnection("jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE", "", ""));
    }

    /** Changes one byte of a leaf, so that it stays an entry of its form: the last digit of its time. */
    void changeOneByte(String logId, long index) throws SQLException {
        Matcher time = TIME.matcher(leaf(logId, index));
        if (!time.find()) {
            throw new IllegalStateException("no time in the leaf of entry " + index);
        }
        String digit = time.group(2).equals("1") ? "2" : "1";
        update(
                "update AUDIT_ENTRY set LEAF = ? where LOG_ID = ? and LOG_INDEX = ?",
                time.replaceFirst("$1" + digit),
                logId,
                index);
    }

    /** Changes one byte and makes the row's own hash fit, as somebody would who knows the format. */
    void changeOneByteAndItsHash(String logId, long index) throws SQLException {
        changeOneByte(logId, index);
        update(
                "update AUDIT_ENTRY set LEAF_HASH = ? where LOG_ID = ? and LOG_INDEX = ?",
                leafHash(leaf(logId, index)),
                logId,
                index);
    }

    void deleteRow(String logId, long index) throws SQLException {
        update("delete from AUDIT_ENTRY where LOG_ID = ? and LOG_INDEX = ?", logId, index);
    }

    /** Makes two whole rows, with their private parts, change places. */
    void swapRows(String logId, long one, long other) throws SQLException {
        long aside = 1_000_000_007L;
        move(logId, one, aside);
        move(logId, other, one);
        move(logId, aside, other);
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void move(String logId, long from, long to) throws SQLException {
        update("update AUDIT_ENTRY set LOG_INDEX = ? where LOG_ID = ? and LOG_INDEX = ?", to, logId, from);
        try (PreparedStatement statement = connection.prepareStatement(
                "update AUDIT_PRIVATE set LOG_INDEX = ? where LOG_ID = ? and LOG_INDEX = ?")) {
            fill(statement, to, logId, from);
            statement.executeUpdate();
        }
    }

    private String leaf(String logId, long index) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select LEAF from AUDIT_ENTRY where LOG_ID = ? and LOG_INDEX = ?")) {
            fill(statement, logId, index);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no entry " + index + " in log " + logId);
                }
                return rows.getString(1);
            }
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            int changed = statement.executeUpdate();
            if (changed != 1) {
                throw new IllegalStateException("changed " + changed + " rows, want 1: " + sql);
            }
        }
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static String leafHash(String leaf) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) 0);
            return Base64.getEncoder().encodeToString(digest.digest(leaf.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
