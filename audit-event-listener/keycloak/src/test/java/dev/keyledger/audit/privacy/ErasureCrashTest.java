package dev.keyledger.audit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.StoredRows;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An erasure of many transactions ends in the middle of each of them, and is gone on with. */
class ErasureCrashTest {
    private static final String ID = "6f9b2c1e-zoe";
    private static final String ZOE = "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe\",\"type\":\"user\"}";
    private static final String BOB = "{\"id\":\"77aa2c1e-bob\",\"name\":\"bob\",\"type\":\"user\"}";
    private static final String TRIED =
            "{\"before\":null,\"after\":null,\"details\":{\"username\":\"zoe-2\"},\"error\":\"user_not_found\"}";

    /** So few slots in one transaction that twenty entries take several. */
    private static final int PLACES = 8;

    private static final int ENTRIES = 20;

    private final TestDatabase database = TestDatabase.h2();
    private String realm = "realm";
    private TestLog log = new TestLog(database, realm);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void seal() {
        // Her new name is told by the first of her slots alone, which the first transaction erases.
        log.stage("LOGIN", "actor", "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe-2\",\"type\":\"user\"}");
        for (int i = 0; i < ENTRIES; i++) {
            log.stage("LOGIN", "actor", i % 5 == 0 ? BOB : ZOE, "net", "{\"ip\":\"192.0.2.7\"}");
        }
        log.stage("LOGIN", "actor", "{\"name\":\"zoe-2\",\"type\":\"anonymous\"}", "change", TRIED);
        log.node().run();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void isGoneOnWithWhereverItEnds() {
        Crash whole = new Crash(Integer.MAX_VALUE, false);
        erasure(whole).erase(ID, "ticket 7", null, this::entry);
        assertErased();
        assertThat(whole.runs).as("transactions").isGreaterThan(8);
        for (int at = 1; at <= whole.runs; at++) {
            for (boolean persisted : List.of(false, true)) {
                realm = "realm-" + at + persisted;
                log = new TestLog(database, realm);
                seal();
                endsAndGoesOn(new Crash(at, persisted));
            }
        }
    }

    private void endsAndGoesOn(Crash crash) {
        SubjectErasure broken = erasure(crash);
        assertThatThrownBy(() -> broken.erase(ID, "ticket 7", null, this::entry))
                .as("%s", crash)
                .hasMessage("crash");
        log.node().run();
        assertThat(missing()).as("after %s", crash).isEmpty();
        SubjectErasure next = erasure(database);
        boolean begun = !next.underWay().isEmpty();
        assertThat(next.resume(this::entry)).as("at once: it may be under way").isZero();
        now = now.plus(Duration.ofMinutes(3));
        assertThat(next.resume(this::entry)).isEqualTo(begun ? 1 : 0);
        if (!begun && isThere()) {
            next.erase(ID, "ticket 7", null, this::entry);
        }
        assertThat(next.underWay()).isEmpty();
        assertErased();
    }

    @Test
    void whoeverIsBeingErasedCannotBeHeldAndIsNotErasedTwice() {
        String reference =
                privacy(database).subjects().describe(ID).orElseThrow().reference();
        crashInTheMiddle();

        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> privacy(database).holds().put(reference, "case 42", null, this::entry),
                () -> erasure(database).erase(ID, "ticket 8", null, this::entry))) {
            assertThatThrownBy(refused)
                    .isInstanceOf(RefusedException.class)
                    .extracting(e -> ((RefusedException) e).why())
                    .isEqualTo(RefusedException.Why.UNDER_WAY);
        }
        assertThat(erasure(database).underWay())
                .singleElement()
                .satisfies(erasing -> assertThat(erasing.reason()).isEqualTo("ticket 7"));
        now = now.plus(Duration.ofMinutes(3));
        assertThat(SubjectErasure.abandoned(database, () -> now)).containsExactly("realm");
        assertThat(erasure(database).erase(ID, "ticket 8", null, this::entry).entries())
                .as("all of it, by whoever asks when nobody is at it")
                .isEqualTo(18);
        assertErased();
    }

    @Test
    void aRowThatWasPutBackLaterErasesNobody() {
        crashInTheMiddle();

        now = now.plus(Duration.ofDays(8));

        assertThat(SubjectErasure.abandoned(database, () -> now)).isEmpty();
        assertThat(erasure(database).resume(this::entry)).isZero();
    }

    @Test
    void aRowThatSomebodyChangedErasesNobodyAndIsShown() {
        crashInTheMiddle();
        database.tamper("update AUDIT_ERASING set SINCE_TIME = SINCE_TIME + 1");
        now = now.plus(Duration.ofMinutes(3));

        assertThatThrownBy(() -> erasure(database).resume(this::entry))
                .hasMessageContaining("AUDIT_ERASING was changed");
        assertThat(erasure(database).underWay())
                .singleElement()
                .satisfies(erasing -> assertThat(erasing.reason()).contains("was changed"));
    }

    @Test
    void everyEntryButTheFirstNamesTheFirst() {
        SubjectErasure.Done done = erasure(database).erase(ID, "ticket 7", null, this::entry);
        log.node().run();

        List<String> continued = new ArrayList<>();
        for (PrivateEntry entry : log.privateParts().read(ENTRIES + 2, 40)) {
            if (entry.slots().get(Slot.CHANGE) instanceof PrivateSlot.Open open) {
                JsonObject details = open.value().object("details");
                continued.add(details.get("continues") instanceof JsonString first ? first.value() : "");
            }
        }
        assertThat(continued).hasSizeGreaterThan(3).startsWith("");
        assertThat(continued.subList(1, continued.size())).containsOnly(done.entryId());
    }

    private void crashInTheMiddle() {
        assertThatThrownBy(() -> erasure(new Crash(8, true)).erase(ID, "ticket 7", null, this::entry))
                .hasMessage("crash");
        assertThat(erasure(database).underWay()).as("what the crash left").hasSize(1);
    }

    private boolean isThere() {
        return privacy(database)
                .subjects()
                .describe(ID)
                .filter(subject -> subject.state() != Subject.State.ERASED)
                .isPresent();
    }

    private void assertErased() {
        log.node().run();
        assertThat(missing()).isEmpty();
        assertThat(privacy(database).subjects().describe(ID).orElseThrow().state())
                .isEqualTo(Subject.State.ERASED);
        assertThat(privacy(database).subjects().find("zoe-2", List.of())).isEmpty();
        for (PrivateEntry entry : log.privateParts().read(0, ENTRIES + 2)) {
            boolean bobs = entry.index() >= 1 && entry.index() <= ENTRIES && (entry.index() - 1) % 5 == 0;
            assertThat(entry.slots().values())
                    .as("entry %d", entry.index())
                    .allMatch(slot -> slot instanceof PrivateSlot.Open == bobs);
        }
        assertThat(new StoredRows(realm, database, log.keys())
                        .columns(0, log.status().size()))
                .isEmpty();
    }

    /** The entries of which a slot does not open and no erasure says why. */
    private List<Long> missing() {
        List<Long> missing = new ArrayList<>();
        for (PrivateEntry entry : log.privateParts().read(0, ENTRIES + 2)) {
            int want = entry.index() == 0 ? 1 : 2;
            if (entry.slots().size() < want) {
                missing.add(entry.index());
            }
        }
        return missing;
    }

    private Privacy privacy(Transactions transactions) {
        return Privacy.of(realm, transactions, new LogDirectory(database, "log.example"), log.keys(), () -> now);
    }

    private SubjectErasure erasure(Transactions transactions) {
        return new SubjectErasure(privacy(transactions).subjects(), transactions, log.keys(), () -> now, PLACES);
    }

    private StageEntity entry(
            LogEpoch epoch, String operation, @Nullable String userId, Map<String, JsonValue> details) {
        return log.row(
                operation,
                "change",
                CanonicalJson.format(new JsonObject(Map.of(
                        "before", JsonLiteral.NULL,
                        "after", JsonLiteral.NULL,
                        "details", new JsonObject(details)))));
    }

    /** The node ends in one transaction: before its commit, or behind it. */
    private final class Crash implements Transactions {
        private final int at;
        private final boolean persisted;
        private int runs;

        private Crash(int at, boolean persisted) {
            this.at = at;
            this.persisted = persisted;
        }

        @Override
        public <R> R run(Function<EntityManager, R> work) {
            runs++;
            if (runs < at) {
                return database.run(work);
            }
            if (runs == at) {
                if (persisted) {
                    database.run(work);
                } else {
                    database.run(em -> {
                        R lost = work.apply(em);
                        em.flush();
                        throw new IllegalStateException("crash", new IllegalStateException(String.valueOf(lost)));
                    });
                }
            }
            throw new IllegalStateException("crash");
        }

        @Override
        public String toString() {
            return "a crash in transaction " + at + (persisted ? ", behind its commit" : "");
        }
    }
}
