package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are found and deleted by as many keys as there are, and by no others. */
class KeyedRowsTest {
    private static final KeyedRows KEYS = new KeyedRows("AUDIT_SUBJECT_KEY", "SUBJECT_REF", "WRAPPED_KEY");
    private static final int STORED = 1_100;

    private final TestDatabase database = TestDatabase.h2();

    KeyedRowsTest() {
        database.run(em -> {
            for (String log : List.of("ours", "theirs")) {
                RowInserts.ofSubjectKeys()
                        .insert(
                                em,
                                IntStream.range(0, STORED)
                                        .mapToObj(i -> row(log, i))
                                        .toList());
            }
            return null;
        });
    }

    private static SubjectKeyEntity row(String log, int number) {
        SubjectKeyEntity row = new SubjectKeyEntity();
        row.logId = log;
        row.subjectRef = "subject-" + number;
        row.wrappedKey = log + "-" + number;
        return row;
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 511, 512, 513, 1_100})
    void areFoundEachOnce(int count) {
        List<String> asked =
                IntStream.range(0, count).mapToObj(i -> "subject-" + i).toList();
        Map<String, String> wanted = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> wanted.put("subject-" + i, "ours-" + i));

        List<String> keys = new ArrayList<>();
        Map<String, String> found = new TreeMap<>();
        database.run(em -> {
            KEYS.find(em, "ours", asked, (key, value) -> {
                keys.add(key);
                found.put(key, value);
            });
            return null;
        });

        assertThat(found).isEqualTo(wanted);
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void areNotFoundWhenTheyAreNotThere() {
        List<String> found = new ArrayList<>();
        database.run(em -> {
            KEYS.find(em, "ours", List.of("nobody", "subject-5", "no one"), (key, value) -> found.add(value));
            return null;
        });

        assertThat(found).containsExactly("ours-5");
    }

    @Test
    void areFoundInEveryLogWhenNoneIsNamed() {
        List<String> found = new ArrayList<>();
        database.run(em -> {
            KEYS.find(em, null, List.of("subject-7"), (key, value) -> found.add(value));
            return null;
        });

        assertThat(found).containsExactlyInAnyOrder("ours-7", "theirs-7");
    }

    @Test
    void areDeletedAndCounted() {
        List<String> gone =
                IntStream.range(0, 600).mapToObj(i -> "subject-" + i).toList();

        int deleted = database.run(em -> KEYS.delete(em, gone));

        assertThat(deleted).isEqualTo(2 * 600);
        assertThat(database.lines("select count(*) from AUDIT_SUBJECT_KEY")).containsExactly("" + 2 * (STORED - 600));
    }
}
