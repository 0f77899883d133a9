package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.verify.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody edits what the tree does not vouch for; and what becomes of what is found. */
class StoredRowsTest {
    private static final String ORIGIN = "log.example/audit/realm";

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");
    private final StoredRows rows = new StoredRows("realm", database, log.keys());
    private final Verifications verifications = new Verifications(database);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 3; i++) {
            log.stage("CREATE", "actor", "{\"id\":\"ada\",\"name\":\"ada\",\"type\":\"user\"}");
            log.node().run();
        }
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void findsNothingInALogAsItWasWritten() {
        assertThat(all()).isEmpty();
    }

    @Test
    void findsNothingInALogWhoseKeysWereMovedMeanwhile() {
        StoredRows moved = new StoredRows("realm", database, TestKeys.moved(log.keys()));

        assertThat(moved.columns(0, 3)).isEmpty();
        StoredRows foreign = new StoredRows("realm", database, TestKeys.ring());
        assertThat(foreign.columns(0, 3)).as("under no key of this server").hasSize(3);
    }

    @Test
    void findsEveryEditedSearchColumn() {
        for (String edit : List.of(
                "EVENT_TIME = 1",
                "KIND = 'user'",
                "OPERATION = 'DELETE'",
                "RESOURCE_TYPE = 'GROUP'",
                "SUCCESS = false",
                "ACTOR_REF = null",
                "ACTOR_NAME_REF = 'x'",
                "TARGET_REF = 'x'",
                "TARGET_NAME_REF = 'x'",
                "CLIENT_REF = 'x'",
                "IP_REF = 'x'",
                "REQUEST_REF = 'x'",
                "FACET = 7",
                "ID = 'x'")) {
            String table = "AUDIT_ENTRY set " + edit + " where LOG_INDEX = 1";
            database.run(em -> {
                em.createNativeQuery("create table KEPT as select * from AUDIT_ENTRY")
                        .executeUpdate();
                return 0;
            });
            database.tamper("update " + table);

            assertThat(rows.columns(0, 3)).as(edit).hasSize(1);

            database.tamper("delete from AUDIT_ENTRY");
            database.tamper("insert into AUDIT_ENTRY select * from KEPT");
            database.tamper("drop table KEPT");
        }
        assertThat(all()).isEmpty();
    }

    @Test
    void findsCountsThatAreNotOfWhatIsStored() {
        for (String edit : List.of(
                "update AUDIT_FACET set LAST_TIME = LAST_TIME - 1",
                "update AUDIT_HOUR set ENTRIES = ENTRIES + 1",
                "update AUDIT_HOUR set HOUR_START = HOUR_START + 3600000",
                "update AUDIT_HOUR set HOUR_START = HOUR_START - 1",
                "delete from AUDIT_HOUR")) {
            database.tamper("create table FACETS as select * from AUDIT_FACET");
            database.tamper("create table HOURS as select * from AUDIT_HOUR");
            database.tamper(edit);

            assertThat(rows.counts()).as(edit).extracting(Finding::check).containsExactly("facets");

            database.tamper("delete from AUDIT_FACET");
            database.tamper("insert into AUDIT_FACET select * from FACETS");
            database.tamper("delete from AUDIT_HOUR");
            database.tamper("insert into AUDIT_HOUR select * from HOURS");
            database.tamper("drop table FACETS");
            database.tamper("drop table HOURS");
        }
        assertThat(rows.counts()).isEmpty();
    }

    @Test
    void findsAGapAndARowBehindTheEnd() {
        database.tamper("update AUDIT_ENTRY set LOG_INDEX = 7 where LOG_INDEX = 1");

        assertThat(rows.counts())
                .extracting(Finding::message)
                .contains("entry 7: rows stand behind the end of the log", "entries [0, 65536): 1 rows are missing");
    }

    @Test
    void findsAHeadThatIsNotTheRootOfTheEntries() {
        database.tamper("update AUDIT_HEAD set COMPACT_RANGE ="
                + " (select max(LEAF_HASH) || ' ' || min(LEAF_HASH) from AUDIT_ENTRY)");

        assertThat(rows.counts()).extracting(Finding::check).containsExactly("head");
    }

    @Test
    void findsAnEditedCheckpoint() {
        database.tamper("update AUDIT_CHECKPOINT set NOTE ="
                + " (select c.NOTE from AUDIT_CHECKPOINT c where c.TREE_SIZE = 2) where TREE_SIZE = 1");
        assertThat(rows.checkpoints(ORIGIN, 3))
                .extracting(Finding::message)
                .containsExactly("the stored checkpoint of size 1 is of another log or size");

        database.tamper("update AUDIT_CHECKPOINT set NOTE = 'x' where TREE_SIZE = 1");
        assertThat(rows.checkpoints(ORIGIN, 3))
                .extracting(Finding::message)
                .allMatch(message -> message.startsWith("the stored checkpoint of size 1 is none"));
    }

    @Test
    void showsTheStatusOfALogWhoseNewestCheckpointIsUnreadable() {
        database.tamper("update AUDIT_CHECKPOINT set NOTE = 'x' where TREE_SIZE = 3");

        assertThat(log.status().checkpoint()).isNull();
        assertThat(log.status().signedSize()).isEqualTo(3);
    }

    @Test
    void letsOneNodeVerifyALogAtATimeAndWaitsForADeadOneNoLongerThanItsClaim() {
        assertThat(verifications.claim("realm", 1_000, Duration.ofSeconds(10))).isTrue();
        assertThat(verifications.claim("realm", 5_000, Duration.ofSeconds(10))).isFalse();
        assertThat(verifications.claim("realm", 11_000, Duration.ofSeconds(10))).isTrue();
        verifications.finish("realm", List.of(), 3L, 12_000, log.keys());

        assertThat(verifications.claim("realm", 12_000, Duration.ofSeconds(10))).isTrue();
        assertThat(verifications.times("realm")).isEqualTo(new Verifications.Times(12_000, 12_000, 3, false));
    }

    @Test
    void takesNoClaimForGoodThatIsLongerThanAnyNodeMakesOne() {
        verifications.claim("realm", 1_000, Duration.ofSeconds(10));
        database.tamper("update AUDIT_VERIFICATION set CLAIMED_UNTIL = 99999999999999");

        assertThat(verifications.claim("realm", 5_000, Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VERIFIED_TIME = 99999999999999",
                "SAMPLED_TIME = 99999999999999",
                "VERIFIED_SIZE = 4",
                "MAC = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
                "GENERATION = 2"
            })
    void knowsWhenSomebodyElseSaysThatALogWasVerified(String changed) {
        verifications.claim("realm", 1_000, Duration.ofSeconds(10));
        verifications.finish("realm", List.of(), 3L, 2_000, log.keys());
        assertThat(verifications.own("realm", log.keys())).isEqualTo(new Verifications.Times(2_000, 2_000, 3, false));

        database.tamper("update AUDIT_VERIFICATION set " + changed);

        assertThat(verifications.own("realm", log.keys())).isEqualTo(new Verifications.Times(0, 0, 0, true));
        verifications.finish("realm", List.of(), null, 3_000, log.keys());
        assertThat(verifications.own("realm", log.keys()))
                .as("after a sample, which does not vouch for what stood there")
                .isEqualTo(new Verifications.Times(3_000, 0, 0, false));
    }

    @Test
    void tellsAFindingOnceAndEndsItWhenEverythingIsVerifiedWithoutIt() {
        Finding finding = new Finding(Finding.Status.FAIL, "entries", "entry 1: is missing", null);

        assertThat(verifications.finish("realm", List.of(finding, finding), null, 1, log.keys()))
                .containsExactly(finding);
        assertThat(verifications.finish("realm", List.of(finding), 3L, 2, log.keys()))
                .isEmpty();
        assertThat(verifications.finish("realm", List.of(), null, 3, log.keys()))
                .isEmpty();
        assertThat(verifications.standing("realm", 10))
                .containsExactly(new Verifications.Found("realm", "entries", "entry 1: is missing", 1));
        verifications.finish("realm", List.of(), 3L, 4, log.keys());

        assertThat(verifications.standing("realm", 10)).isEmpty();
        assertThat(verifications.finish("realm", List.of(finding), 3L, 5, log.keys()))
                .as("it is back")
                .containsExactly(finding);
    }

    @Test
    void tellsOfRowsThatWereSetAsideUntilTheyAreDealtWith() {
        String id = log.stage("FORGED");
        database.tamper("update AUDIT_STAGE set MAC = 'x'");
        log.node().run();

        List<Verifications.Found> found = verifications.quarantined(10);
        verifications.add(
                "realm",
                List.of(new Finding(
                        Finding.Status.FAIL, found.get(0).check(), found.get(0).message(), null)),
                1);
        verifications.settle(found, 2);
        assertThat(found.get(0).message()).contains(id);
        assertThat(verifications.standing("realm", 10)).hasSize(1);

        database.tamper("delete from AUDIT_STAGE");
        verifications.settle(verifications.quarantined(10), 3);
        assertThat(verifications.standing("realm", 10)).isEmpty();
    }

    @Test
    void countsWhatNeedsAPerson() {
        log.stage("WAITING");
        log.node().halt("a test says so");
        new TestLog(database, "other").stage("WAITING");

        IntegrityRows.Counts counts = new IntegrityRows(database).read();

        assertThat(counts.halted()).containsExactly(new IntegrityRows.Halted("realm", ORIGIN, "a test says so"));
        assertThat(counts.staged()).as("what waits for a halted log is no lag").isOne();
        assertThat(counts.oldestStaged()).isNotNull();
    }

    private List<Finding> all() {
        List<Finding> found = new ArrayList<>(rows.columns(0, 3));
        found.addAll(rows.counts());
        found.addAll(rows.checkpoints(ORIGIN, 3));
        return found;
    }
}
