package dev.keyledger.audit.tamper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who owns the database changes each column of each table, and rows, and whole logs. Who notices is what the threat
 * model says, no more and no less: a new column has to get a line there. What it says of the servers' own verification is
 * tested on a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperTableTest {
    private static final int FEW = 5;

    /** Those that a sealed log has rows in. */
    private static final List<String> TABLES_OF_ROWS = List.of(
            "AUDIT_CHECKPOINT",
            "AUDIT_ENTRY",
            "AUDIT_HEAD",
            "AUDIT_LOG_KEY",
            "AUDIT_MASTER_KEY",
            "AUDIT_NODE",
            "AUDIT_POLICY",
            "AUDIT_PRIVATE",
            "AUDIT_SIGNING_KEY",
            "AUDIT_STAGE",
            "AUDIT_SUBJECT_KEY");

    /** Enough for an interior node. */
    private static final int MANY = 260;

    private static final Set<Detector> SEEN_HERE = EnumSet.complementOf(EnumSet.of(Detector.VERIFICATION));

    private final TestDatabase database = TestDatabase.h2();

    @TempDir
    Path folder = Path.of("");

    @AfterAll
    void close() throws IOException {
        database.close();
    }

    @Test
    void aChangedColumnIsNoticedByThoseWhomTheThreatModelNames() throws SQLException, IOException {
        Map<String, Set<Detector>> got = new TreeMap<>();
        for (Map.Entry<String, List<String>> table : tables(Tables::columns).entrySet()) {
            for (String column : table.getValue()) {
                got.put(table.getKey() + "." + column, detectors(table.getKey(), (tables, victim) -> {
                    if (tables.rows(table.getKey(), victim.id()).isEmpty()) {
                        tables.insertAny(table.getKey(), victim.id());
                    }
                    Map<String, Object> row = tables.lastRow(table.getKey(), victim.id());
                    tables.set(table.getKey(), row, column, changed(row.get(column)));
                }));
            }
        }
        assertSaid(got, ThreatModel.columns());
    }

    @Test
    void rowsThatAreDeletedInsertedOrSwappedAreNoticedLikewise() throws SQLException, IOException {
        Map<String, Set<Detector>> got = new TreeMap<>();
        for (String table : TABLES_OF_ROWS) {
            got.put(table + ": one deleted", detectors(table, (tables, victim) -> {
                tables.delete(table, tables.lastRow(table, victim.id()));
            }));
        }
        for (String table : List.of("AUDIT_ENTRY", "AUDIT_PRIVATE")) {
            got.put(table + ": two swapped", detectors(table, (tables, victim) -> {
                List<Map<String, Object>> rows = tables.rows(table, victim.id());
                Map<String, Object> one = rows.get(0);
                Map<String, Object> other = rows.get(rows.size() - 1);
                tables.swap(table, one, other);
            }));
        }
        got.put("AUDIT_STAGE: one inserted", detectors("AUDIT_STAGE", (tables, victim) -> {
            Map<String, Object> forged = new LinkedHashMap<>(tables.lastRow("AUDIT_STAGE", victim.id()));
            forged.put("ID", "00000000-0000-7000-8000-000000000001");
            tables.insert("AUDIT_STAGE", forged);
        }));
        got.put("AUDIT_ENTRY: one inserted behind the end", detectors("AUDIT_ENTRY", (tables, victim) -> {
            Map<String, Object> forged = new LinkedHashMap<>(tables.lastRow("AUDIT_ENTRY", victim.id()));
            forged.put("ID", "00000000-0000-7000-8000-000000000001");
            forged.put("LOG_INDEX", (long) FEW);
            tables.insert("AUDIT_ENTRY", forged);
        }));
        assertSaid(got, ThreatModel.rows());
    }

    @Test
    void anOlderDatabaseIsNoticedLikewise() throws SQLException, IOException {
        Map<String, Set<Detector>> got = new TreeMap<>();
        Map<String, List<Map<String, Object>>> dump = new HashMap<>();
        got.put("an old dump restored", detectors("", victim -> dump(victim, dump), (tables, victim) -> {
            for (Map.Entry<String, List<Map<String, Object>>> table : dump.entrySet()) {
                for (Map<String, Object> row : tables.rows(table.getKey(), victim.id())) {
                    tables.delete(table.getKey(), row);
                }
                for (Map<String, Object> row : table.getValue()) {
                    tables.insert(table.getKey(), row);
                }
            }
        }));
        got.put(
                "the tail cut, and the head set back to an old checkpoint",
                detectors("", victim -> dump(victim, dump), (tables, victim) -> {
                    for (String table : List.of("AUDIT_ENTRY", "AUDIT_PRIVATE", "AUDIT_CHECKPOINT")) {
                        String place = table.equals("AUDIT_CHECKPOINT") ? "TREE_SIZE" : "LOG_INDEX";
                        for (Map<String, Object> row : tables.rows(table, victim.id())) {
                            if (((Number) row.get(place)).longValue() >= (place.equals("TREE_SIZE") ? FEW + 1 : FEW)) {
                                tables.delete(table, row);
                            }
                        }
                    }
                    Map<String, Object> head = tables.lastRow("AUDIT_HEAD", victim.id());
                    tables.delete("AUDIT_HEAD", head);
                    tables.insert("AUDIT_HEAD", dump.get("AUDIT_HEAD").get(0));
                }));
        assertSaid(got, ThreatModel.whole());
    }

    /** Copies the log's rows, and lets it grow. */
    private void dump(VictimLog victim, Map<String, List<Map<String, Object>>> dump) throws SQLException {
        dump.clear();
        tables(tables -> {
            for (Map.Entry<String, List<String>> table : tables.columns().entrySet()) {
                if (table.getValue().contains("LOG_ID")) {
                    dump.put(table.getKey(), tables.rows(table.getKey(), victim.id()));
                }
            }
            return dump;
        });
        victim.grow(FEW);
    }

    private Set<Detector> detectors(String table, Deed deed) throws SQLException {
        return detectors(table, victim -> {}, deed);
    }

    /**
     * Does it to a fresh log for each detector that writes itself. Who notices anyhow does so with more knowledge, too: what
     * counts is for whom it makes the difference.
     */
    private Set<Detector> detectors(String table, Preparation before, Deed deed) throws SQLException {
        Set<Detector> noticedBy = EnumSet.noneOf(Detector.class);
        VictimLog victim = victim(table, before, deed);
        // first, because it only reads
        boolean since = victim.isNoticedBy(Detector.SINCE);
        if (victim.isNoticedBy(Detector.VERIFY)) {
            noticedBy.add(Detector.VERIFY);
        } else if (since) {
            noticedBy.add(Detector.SINCE);
        }
        if (victim(table, before, deed).isNoticedBy(Detector.RUNNING)) {
            noticedBy.add(Detector.RUNNING);
        }
        if (victim(table, before, deed).isNoticedBy(Detector.STARTED)) {
            noticedBy.add(Detector.STARTED);
        } else if (victim(table, before, deed).isNoticedBy(Detector.WITNESS)) {
            noticedBy.add(Detector.WITNESS);
        }
        return noticedBy;
    }

    private VictimLog victim(String table, Preparation before, Deed deed) throws SQLException {
        empty();
        VictimLog victim = new VictimLog(database, folder, table.equals("AUDIT_NODE") ? MANY : FEW);
        if (table.equals("AUDIT_STAGE")) {
            victim.stage();
        }
        if (table.equals("AUDIT_POLICY")) {
            victim.tellPolicy();
        }
        before.prepare(victim);
        tables(tables -> {
            deed.commit(tables, victim);
            return victim;
        });
        return victim;
    }

    /** Everything but the one row of AUDIT_KEY that the changelog makes. */
    private void empty() throws SQLException {
        tables(tables -> {
            for (String table : tables.columns().keySet()) {
                tables.empty(table);
            }
            tables.insert("AUDIT_KEY", Map.of("ID", "server"));
            return tables;
        });
    }

    /** Compares line by line; what the servers' own verification notices is seen elsewhere. */
    private static void assertSaid(Map<String, Set<Detector>> got, Map<String, Set<Detector>> said) {
        Map<String, String> want = new TreeMap<>();
        said.forEach((what, who) -> {
            Set<Detector> here = EnumSet.noneOf(Detector.class);
            here.addAll(who);
            here.retainAll(SEEN_HERE);
            want.put(what, ThreatModel.format(here));
        });
        Map<String, String> have = new TreeMap<>();
        got.forEach((what, who) -> have.put(what, ThreatModel.format(who)));
        assertThat(have).as("lines of docs/threat-model.md").isEqualTo(want);
    }

    /** Another value of the same form: what somebody would write who hopes that it passes. */
    private static Object changed(@Nullable Object value) {
        if (value == null) {
            return 1;
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Number number) {
            return number.longValue() + 1;
        }
        String text = (String) value;
        return switch (text) {
            case "ACTIVE" -> "HALTED";
            case "STAGED" -> "QUARANTINED";
            case "database" -> "file";
            default -> oneCharacterChanged(text);
        };
    }

    private static String oneCharacterChanged(String text) {
        int at = text.length() / 2;
        while (!Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        char old = text.charAt(at);
        char first = Character.isDigit(old) ? '1' : Character.isUpperCase(old) ? 'A' : 'a';
        char other = old == first ? (char) (first + 1) : first;
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private <R> R tables(Work<R> work) throws SQLException {
        return database.run(
                em -> em.unwrap(Session.class).doReturningWork(connection -> work.run(new Tables(connection))));
    }

    /** What is done with the tables. */
    private interface Work<R> {
        R run(Tables tables) throws SQLException;
    }

    /** What happens before somebody writes to the tables. */
    private interface Preparation {
        void prepare(VictimLog victim) throws SQLException;
    }

    /** What somebody does to the tables. */
    private interface Deed {
        void commit(Tables tables, VictimLog victim) throws SQLException;
    }
}
