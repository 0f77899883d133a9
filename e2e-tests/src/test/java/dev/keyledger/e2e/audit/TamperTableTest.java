package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Somebody changes each column of a log's tables, one after the other, while the server runs. Its own verification finds those
 * for which the threat model names it, and no other. (The other readers of that table are tested beside the audit log.)
 */
class TamperTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINE = Pattern.compile("\\| `(AUDIT_[A-Z_]+)` \\| `([A-Z_]+)` \\| (.+) \\|");
    private static final String VERIFICATION = "the servers' verification";

    /** Tables whose rows belong to a log and stay while it is at rest. */
    private static final List<String> TABLES = List.of(
            "AUDIT_CHECKPOINT",
            "AUDIT_ENTRY",
            "AUDIT_FACET",
            "AUDIT_HOUR",
            "AUDIT_LOG_KEY",
            "AUDIT_NODE",
            "AUDIT_PRIVATE",
            "AUDIT_SUBJECT_KEY");

    private static final Object NULL = new Object();

    /** Enough for an interior node. */
    private static final int ENTRIES = 260;

    @Test
    void theServersVerificationFindsWhatTheThreatModelSays() throws SQLException, IOException, InterruptedException {
        AdminClient admin = SharedServer.POSTGRES.admin();
        String realm = SharedServer.POSTGRES.freshRealm("tamper");
        Http api = admin.realm(realm);
        api.post("/users", JSON.createObjectNode().put("username", "somebody")).expect(201);
        for (int i = 0; i < ENTRIES; i++) {
            api.post("/groups", JSON.createObjectNode().put("name", "group-" + i))
                    .expect(201);
        }
        AuditLog log = admin.auditLog(realm);
        log.awaitSealed();
        String logId = api.get("").expect(200).json().get("id").asText();
        assertThat(isFound(log)).as("before anybody changes anything").isFalse();
        Map<String, Boolean> said = said();
        Map<String, Boolean> got = new TreeMap<>();
        try (Connection database = SharedServer.POSTGRES.connection()) {
            for (String table : TABLES) {
                for (String column : columns(database, table)) {
                    log.awaitSealed();
                    Change change = Change.of(database, table, column, logId);
                    change.make(database);
                    got.put(table + "." + column, isFound(admin.auditLog(realm)));
                    change.undo(database);
                }
            }
        }
        said.keySet().retainAll(got.keySet());
        assertThat(got)
                .as("columns for which docs/threat-model.md names " + VERIFICATION)
                .isEqualTo(said);
    }

    /** Whether a verification, asked for now, finds something; one that cannot be done has found it, too. */
    private static boolean isFound(AuditLog log) throws InterruptedException {
        Http.Reply reply = log.http().post("/verification", JSON.createObjectNode());
        while (reply.status() == 409) {
            TimeUnit.MILLISECONDS.sleep(100);
            reply = log.http().post("/verification", JSON.createObjectNode());
        }
        return reply.status() != 200 || !reply.json().get("findings").isEmpty();
    }

    private static Map<String, Boolean> said() throws IOException {
        Map<String, Boolean> said = new TreeMap<>();
        Path page = Path.of(System.getProperty("keyledger.root", ".."), "docs/threat-model.md");
        for (String line : Files.readAllLines(page)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                said.put(
                        matcher.group(1) + "." + matcher.group(2),
                        List.of(matcher.group(3).split(", ", -1)).contains(VERIFICATION));
            }
        }
        return said;
    }

    private static List<String> columns(Connection database, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = database.getMetaData().getColumns(null, null, table.toLowerCase(Locale.ROOT), "%")) {
            while (found.next()) {
                columns.add(found.getString("COLUMN_NAME").toUpperCase(Locale.ROOT));
            }
        }
        assertThat(columns).as("columns of %s", table).isNotEmpty();
        return columns;
    }

    /** One value of one row, and another one of its form. */
    private static final class Change {

        private final String table;
        private final String column;
        private final Object before;
        private final Object after;
        private String place;

        private Change(String table, String column, String place, @Nullable Object value) {
            this.table = table;
            this.column = column;
            this.place = place;
            this.before = value == null ? NULL : value;
            this.after = changed(value);
        }

        /** One of the last rows; of those that sealing changes one that it has done with. */
        static Change of(Connection database, String table, String column, String logId) throws SQLException {
            String order = switch (table) {
                case "AUDIT_CHECKPOINT" -> "TREE_SIZE desc";
                case "AUDIT_FACET" -> "LAST_TIME";
                case "AUDIT_HOUR" -> "HOUR_START, FACET";
                // that of the user, whom one entry is about: the alarm makes the keys of its actor and of the log anew
                case "AUDIT_SUBJECT_KEY" ->
                    "(select count(*) from AUDIT_PRIVATE p where p.SUBJECT_REF = AUDIT_SUBJECT_KEY.SUBJECT_REF)";
                default -> "ctid desc";
            };
            String sql = "select ctid::text, " + column + " from " + table + " where LOG_ID = ? order by " + order
                    + " limit 1";
            try (PreparedStatement select = database.prepareStatement(sql)) {
                select.setString(1, logId);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException(table + " has no row of log " + logId);
                    }
                    return new Change(table, column, row.getString(1), row.getObject(2));
                }
            }
        }

        void make(Connection database) throws SQLException {
            set(database, after);
        }

        void undo(Connection database) throws SQLException {
            set(database, before);
        }

        private void set(Connection database, Object value) throws SQLException {
            String sql = "update " + table + " set " + column + " = " + (value == NULL ? "null" : "?")
                    + " where ctid = ?::tid returning ctid::text";
            try (PreparedStatement update = database.prepareStatement(sql)) {
                if (value != NULL) {
                    update.setObject(1, value);
                }
                update.setString(value == NULL ? 1 : 2, place);
                try (ResultSet row = update.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("the row of " + table + " has moved");
                    }
                    place = row.getString(1);
                }
            }
        }

        private static Object changed(@Nullable Object value) {
            if (value == null) {
                return "something";
            }
            if (value instanceof Boolean flag) {
                return !flag;
            }
            if (value instanceof Integer number) {
                return number + 1_000;
            }
            if (value instanceof Long number) {
                return number + 1_000;
            }
            String text = (String) value;
            int at = text.length() / 2;
            while (!Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            char old = text.charAt(at);
            char first = Character.isDigit(old) ? '1' : Character.isUpperCase(old) ? 'A' : 'a';
            char other = old == first ? (char) (first + 1) : first;
            return text.substring(0, at) + other + text.substring(at + 1);
        }
    }
}
