package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyedRowsTest {
    private static final KeyedRows NAMES = new KeyedRows("AUDIT_NAME", "NAME_REF", "SUBJECT_REF");
    private static final int STORED = 20_000;

    static List<Supplier<TestDatabase>> databases() {
        return List.of(TestDatabase::h2, TestDatabase::postgres);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void findsTheRowsOfOneLogHoweverManyKeysAreAskedFor(Supplier<TestDatabase> kind) throws IOException {
        try (TestDatabase database = kind.get()) {
            for (int n = 0; n < 600; n += 100) {
                store(database, "one", n);
                store(database, "other", n);
            }
            Map<String, String> found = new TreeMap<>();

            database.run(em -> {
                NAMES.find(em, "one", keys(1_300), found::put);
                return null;
            });

            assertThat(found)
                    .containsOnlyKeys("name-0", "name-100", "name-200", "name-300", "name-400", "name-500")
                    .containsEntry("name-500", "subject of one");
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void deletesWhatHasOneOfTheKeys(Supplier<TestDatabase> kind) throws IOException {
        try (TestDatabase database = kind.get()) {
            for (int n = 0; n < 5; n++) {
                store(database, "one", n);
            }

            int deleted = database.run(em -> NAMES.delete(em, List.of("name-1", "name-3", "name-7")));

            assertThat(deleted).isEqualTo(2);
            assertThat(database.lines("select NAME_REF from AUDIT_NAME order by 1"))
                    .containsExactly("name-0", "name-2", "name-4");
        }
    }

    /** Also when PostgreSQL has made its plan for all keys, which it does when a connection has asked ten times. */
    @Test
    void postgresReadsTheRowsOfTheKeysAndNoOthers() throws IOException {
        int rounds = 16;
        int asked = 512;
        try (TestDatabase database = TestDatabase.postgres()) {
            database.tamper("insert into AUDIT_NAME (LOG_ID, NAME_REF, SUBJECT_REF)"
                    + " select 'one', 'name-' || n, 'subject of one' from generate_series(1, " + STORED + ") n");
            List<String> found = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                database.run(em -> {
                    PlannedByIndex.begin(em);
                    NAMES.find(em, "one", keys(asked), (name, subject) -> found.add(name));
                    return null;
                });
            }

            assertThat(found).hasSize(rounds * (asked - 1));
            assertThat(rowsRead(database)).isBetween((long) found.size(), 2L * found.size());
        }
    }

    private static long rowsRead(TestDatabase database) {
        // a connection tells the statistics what it did at the end of a transaction
        database.lines("select cast(pg_stat_force_next_flush() as varchar)");
        return Long.parseLong(database.lines("select (select sum(idx_tup_read) from pg_stat_user_indexes where relname"
                        + " = 'audit_name') + (select seq_tup_read from pg_stat_user_tables where relname ="
                        + " 'audit_name')")
                .get(0));
    }

    private static void store(TestDatabase database, String log, int name) {
        database.tamper("insert into AUDIT_NAME (LOG_ID, NAME_REF, SUBJECT_REF) values ('" + log + "', 'name-" + name
                + "', 'subject of " + log + "')");
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(n -> "name-" + n).toList();
    }
}
