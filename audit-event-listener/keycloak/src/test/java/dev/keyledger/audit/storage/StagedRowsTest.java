package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.key.KeyException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the sequencer does with rows of the stage that somebody else has written to. */
class StagedRowsTest {
    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void areOpenedByTheKeysThatMadeThem() throws KeyException {
        String id = log.stage("CREATE", "actor", "{\"name\":\"ada\"}");

        StageEntity row = row(id);

        assertThat(StagedParts.of(row, log.keys()).slots().values())
                .extracting(slot -> slot.value().string("name"))
                .containsExactly("ada");
        assertThat(row.privatePart).doesNotContain("\"ada\"");
    }

    @Test
    void areRefusedWhenAnyPartWasEdited() {
        for (String edit : List.of(
                "LEAF = replace(LEAF, 'CREATE', 'DELETE')",
                "PRIVATE_PART = concat(PRIVATE_PART, 'A')",
                "LOG_ID = 'other'",
                "MAC = 'forged'")) {
            String id = log.stage("CREATE", "actor", "{\"name\":\"ada\"}");
            assertThat(database.tamper("update AUDIT_STAGE set " + edit + " where ID = '" + id + "'"))
                    .isOne();

            assertThatExceptionOfType(KeyException.class)
                    .as(edit)
                    .isThrownBy(() -> StagedParts.of(row(id), log.keys()));
        }
    }

    @Test
    void areSetAsideWhenForgedAndTheOthersGoOn() {
        String forged = log.stage("CREATE");
        String genuine = log.stage("UPDATE");
        database.tamper("update AUDIT_STAGE set LEAF = replace(LEAF, 'CREATE', 'DELETE') where ID = '" + forged + "'");

        log.node().run();

        assertThat(row(forged).state).isEqualTo(StageEntity.QUARANTINED);
        assertThat(log.status().quarantined()).isOne();
        assertThat(log.status().size()).isOne();
        assertThat(log.search().find("0").orElseThrow().id()).isEqualTo(genuine);
    }

    @Test
    void areSetAsideWhenTheyAreACopyOfASequencedEntryAndTheOthersGoOn() {
        String sequenced = log.stage("CREATE");
        StageEntity copy = row(sequenced);
        log.node().run();
        database.run(em -> {
            em.persist(copy);
            return copy;
        });
        log.stage("UPDATE");

        log.node().run();

        assertThat(row(sequenced).state).isEqualTo(StageEntity.QUARANTINED);
        assertThat(log.status().size()).isEqualTo(2);
        assertThat(log.status().signedSize()).isEqualTo(2);
    }

    @Test
    void areTakenInPortionsThatFitIntoMemory() {
        String large = "{\"text\":\"" + "x".repeat(3 << 20) + "\"}";
        for (int i = 0; i < 10; i++) {
            log.stage("CREATE", "change", large);
        }

        int first = log.node().sequence(4_096).sequenced();
        int second = log.node().sequence(4_096).sequenced();

        assertThat(first).isBetween(1, 9);
        assertThat(first + second).isEqualTo(10);
    }

    private StageEntity row(String id) {
        return database.run(em -> em.find(StageEntity.class, id));
    }
}
