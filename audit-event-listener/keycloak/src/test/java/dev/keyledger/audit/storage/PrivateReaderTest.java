package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.entry.Slot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The private parts of sequenced entries: each opens with its person's key in its place, and nowhere else. */
class PrivateReaderTest {
    private static final String ADA = "{\"id\":\"id-ada\",\"name\":\"ada\",\"type\":\"user\"}";
    private static final String BOB = "{\"id\":\"id-bob\",\"name\":\"bob\",\"type\":\"USER\"}";
    private static final String CLIENT = "{\"id\":\"id-app\",\"name\":\"app\",\"type\":\"CLIENT\"}";

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");

    @BeforeEach
    void sequenceTwoEntries() {
        log.stage("UPDATE", "actor", ADA, "target", BOB, "change", "{\"n\":1}", "net", "{\"ip\":\"192.0.2.1\"}");
        log.stage("UPDATE", "actor", ADA, "target", CLIENT);
        log.node().run();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void opensEverySlot() {
        assertThat(slots(0)).containsExactlyInAnyOrder(Slot.ACTOR, Slot.TARGET, Slot.CHANGE, Slot.NET);
        assertThat(slots(1)).containsExactlyInAnyOrder(Slot.ACTOR, Slot.TARGET);
    }

    @Test
    void readsARangeAsABundleNeedsIt() {
        assertThat(log.privateParts().read(1, 2))
                .extracting(PrivateEntry::index)
                .containsExactly(1L);
        assertThat(log.privateParts().read(2, 9)).isEmpty();
    }

    @Test
    void keepsOneKeyForEachPersonAndOneForTheLogItself() {
        assertThat(database.count("SubjectKeyEntity")).isEqualTo(3);
    }

    @Test
    void losesWhatIsAboutAPersonWhoseKeyIsGoneAndNothingElse() {
        String bob = log.keys().newReference("realm", "id-bob");
        assertThat(database.tamper("delete from AUDIT_SUBJECT_KEY where SUBJECT_REF = '" + bob + "'"))
                .isOne();

        assertThat(slots(0)).containsExactlyInAnyOrder(Slot.ACTOR, Slot.NET);
        assertThat(slots(1)).containsExactlyInAnyOrder(Slot.ACTOR, Slot.TARGET);
    }

    @Test
    void leavesOutWhatWasGarbledHoweverShort() {
        for (String garbled : List.of("''", "'AAAA'", "'AAAAAAAAAAAAAAAA'", "'not base64'", "concat(DATA, 'A')")) {
            database.tamper("update AUDIT_PRIVATE set DATA = " + garbled + " where SLOT like 'a%'");

            assertThat(slots(0)).as(garbled).containsExactlyInAnyOrder(Slot.TARGET, Slot.CHANGE);
        }
    }

    @Test
    void leavesOutWhatWasMovedToAnotherEntry() {
        database.tamper("update AUDIT_PRIVATE p set DATA = (select q.DATA from AUDIT_PRIVATE q where q.LOG_INDEX = 0"
                + " and q.SLOT like 'a%') where p.LOG_INDEX = 1 and p.SLOT like 'a%'");

        assertThat(slots(1)).containsExactly(Slot.TARGET);
    }

    @Test
    void writesNoNameIntoAnyTable() {
        for (String column : List.of("LEAF", "ACTOR_REF", "ACTOR_NAME_REF", "TARGET_REF", "TARGET_NAME_REF")) {
            // as a whole value: a commitment is random text, in which any three letters may stand together
            assertThat(database.tamper("update AUDIT_ENTRY set SUCCESS = SUCCESS where " + column
                            + " in ('ada', 'bob') or " + column + " like '%\"ada\"%' or " + column
                            + " like '%\"bob\"%'"))
                    .as(column)
                    .isZero();
        }
    }

    private Iterable<Slot> slots(long index) {
        return log.privateParts()
                .open(List.of(index))
                .getOrDefault(index, Map.of())
                .keySet();
    }
}
