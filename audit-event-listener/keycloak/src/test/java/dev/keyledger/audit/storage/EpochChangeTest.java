package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.OutsideMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A halted log is left behind, and what was staged for it goes to the next epoch. */
class EpochChangeTest {
    private static final String FIRST_ID = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");
    private final LogDirectory directory = new LogDirectory(database, "log.example");

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void doesNothingToALogThatIsNotHalted() {
        log.stage("CREATE");
        log.node().run();

        assertThat(change().begin("realm", 0, (frozen, epoch) -> first(epoch))).isEmpty();
        assertThat(change().begin("no such realm", 0, (frozen, epoch) -> first(epoch)))
                .isEmpty();

        assertThat(directory.epochs("realm")).hasSize(1);
        assertThat(log.status().state()).isEqualTo("ACTIVE");
    }

    @Test
    void beginsTheNextEpochWithItsFirstEntry() {
        LogEpoch epoch = recover(0);

        assertThat(epoch.number()).isEqualTo(2);
        assertThat(epoch.origin()).isEqualTo("log.example/audit/realm/e2");
        assertThat(directory.renew("realm")).isEqualTo(epoch.logId());
        LogStatus status = LogStatus.read(database, epoch.logId());
        assertThat(status.state()).isEqualTo("ACTIVE");
        assertThat(status.size()).isOne();
        assertThat(new EntrySearch(epoch.logId(), database, log.keys())
                        .find("0")
                        .orElseThrow()
                        .leaf())
                .contains("\"RECOVERY\"", "log.example/audit/realm/e2");
        assertThat(log.status().state()).isEqualTo("FROZEN");
        assertThat(log.status().size()).isOne();
    }

    @Test
    void usesNoEpochAgainThatIsKnownOutside() {
        assertThat(recover(4).origin()).isEqualTo("log.example/audit/realm/e5");
    }

    @Test
    void neverGrowsWhatIsFrozen() {
        recover(0);
        log.stage("LATE");

        assertThat(log.node().run()).isEmpty();
        assertThat(log.status().size()).isOne();
    }

    @Test
    void takesOverWhatWasStagedForTheFrozenEpochAndCommitsToItAnew() {
        log.stage("CREATE");
        log.node().run();
        String id = log.stage("MEANWHILE", "actor", "{\"id\":\"ada\",\"type\":\"user\"}");
        log.node().halt("a test says so");
        LogEpoch epoch =
                change().begin("realm", 0, (frozen, begun) -> first(begun)).orElseThrow();
        assertThat(new PendingLogs(database).find()).containsExactly(epoch.logId());
        assertThat(LogStatus.read(database, epoch.logId()).staged()).isOne();
        assertThat(log.status().staged()).isZero();

        node(epoch).sequence(Log.MAX_BATCH);

        FoundEntry found =
                new EntrySearch(epoch.logId(), database, log.keys()).find(id).orElseThrow();
        Entry entry = Entry.parse(found.leaf().getBytes(StandardCharsets.US_ASCII));
        Disclosure actor = Objects.requireNonNull(new PrivateReader(epoch.logId(), database, log.keys())
                .open(List.of(1L))
                .getOrDefault(1L, Map.of())
                .get(Slot.ACTOR));
        assertThat(found.index()).isEqualTo(1);
        assertThat(entry.origin()).isEqualTo(epoch.origin());
        assertThat(entry.commitments().get(Slot.ACTOR)).isEqualTo(Commitment.of(epoch.origin(), id, actor));
    }

    @Test
    void takesOverWhatIsInTheTreeAndWasNeverSigned() {
        for (int i = 0; i < 300; i++) {
            log.stage("SIGNED", "actor", "{\"id\":\"ada\",\"type\":\"user\"}");
        }
        log.node().run();
        for (int i = 0; i < 300; i++) {
            log.stage("SEALED", "actor", "{\"id\":\"ada\",\"type\":\"user\"}");
        }
        log.node().sequence(Log.MAX_BATCH);
        log.node().halt("a test says so");

        LogEpoch epoch = change().begin("realm", 0, (frozen, begun) -> {
                    assertThat(frozen.head().size()).isEqualTo(600);
                    return first(begun);
                })
                .orElseThrow();
        node(epoch).sequence(Log.MAX_BATCH);

        assertThat(log.status().size()).isEqualTo(300).isEqualTo(log.status().signedSize());
        assertThat(new StoredRows("realm", database, log.keys()).counts()).isEmpty();
        assertThat(new StoredRows("realm", database, log.keys()).checkpoints("log.example/audit/realm", 300))
                .isEmpty();
        assertThat(LogStatus.read(database, epoch.logId()).size()).isEqualTo(301);
        assertThat(new StoredRows(epoch.logId(), database, log.keys()).columns(0, 301))
                .isEmpty();
    }

    @Test
    void leavesWhatWasNeverSignedInItsPlaceWhenItWasEdited() {
        log.stage("SIGNED");
        log.node().run();
        log.stage("SEALED", "actor", "{\"id\":\"ada\",\"type\":\"user\"}");
        log.node().sequence(Log.MAX_BATCH);
        log.node().halt("a test says so");
        database.tamper("delete from AUDIT_PRIVATE");

        assertThat(change().begin("realm", 0, (frozen, begun) -> first(begun))).isPresent();

        assertThat(log.status().size()).isEqualTo(2);
        assertThat(log.status().state()).isEqualTo("FROZEN");
    }

    private LogEpoch recover(int known) {
        log.stage("CREATE");
        log.node().run();
        log.node().halt("a test says so");
        return change().begin("realm", known, (frozen, epoch) -> {
                    assertThat(frozen.haltReason()).isEqualTo("a test says so");
                    assertThat(frozen.signedSize()).isOne();
                    return first(epoch);
                })
                .orElseThrow();
    }

    private Log<StagedParts> node(LogEpoch epoch) {
        return new Log<>(
                new JpaLogStorage(
                        epoch.logId(), database, directory, log.keys(), InstantSource.system(), Runnable::run),
                List.of(),
                OutsideMemory.NONE,
                InstantSource.system());
    }

    private EpochChange change() {
        return new EpochChange(database, log.keys(), InstantSource.system());
    }

    private StageEntity first(LogEpoch epoch) {
        StagedParts parts = TestKeys.parts("change", "{\"details\":{}}");
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        parts.slots().forEach((slot, part) -> commitments.put(slot, Commitment.of(epoch.origin(), FIRST_ID, part)));
        Entry entry = new Entry(
                FIRST_ID, epoch.origin(), EntryKind.SYSTEM, true, "RECOVERY", "LOG", 1_767_225_600_000L, commitments);
        return parts.toRow(epoch.logId(), entry, log.keys());
    }
}
