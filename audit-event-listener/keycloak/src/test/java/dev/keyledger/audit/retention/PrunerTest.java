package dev.keyledger.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.keyledger.audit.privacy.Subject;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.tile.ProofBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows go by class, leaf hashes stay, and who goes on to write to the tables is found as before. */
class PrunerTest {
    private static final String USERS = "{\"user\":\"P12M\",\"admin\":\"P72M\",\"scim\":null}";
    private static final String ALL = "{\"user\":\"P12M\",\"admin\":\"PT0S\",\"scim\":null}";
    private static final String NOTHING = "{\"user\":null,\"admin\":null,\"scim\":null}";

    private final TestDatabase database = TestDatabase.h2();

    @TempDir
    Path folder = Path.of("");

    private PrunedLog victim;

    @BeforeEach
    void sealAndArchive() throws IOException {
        victim = new PrunedLog(database, folder);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void keepsClassesThatAreNotOverAndEveryHash() throws Exception {
        SignedCheckpoint before = victim.newest();

        List<Pruner.Done> done = victim.prune(USERS);

        assertThat(done).extracting(Pruner.Done::deleted).containsExactly(192L, 192L);
        assertThat(done).extracting(each -> each.unit().count()).containsExactly(64, 64);
        assertThat(minIndex()).isEqualTo(512);
        assertThat(rows(0, 512)).isEqualTo(128);
        assertThat(database.lines("select count(*) from AUDIT_PRIVATE where LOG_INDEX < 512"))
                .containsExactly("192");
        assertThat(victim.findings()).isEmpty();

        victim.log.stage("REGISTER");
        victim.log.node().run();
        assertThat(victim.findings()).isEmpty();
        ProofBuilder proofs = new ProofBuilder(
                new JpaTileSource("realm", database),
                victim.newest().checkpoint().head().size());
        proofs.consistency(before.checkpoint().head().size())
                .verify(
                        before.checkpoint().head().root(),
                        victim.newest().checkpoint().head().root());
        assertThat(new PrunedUnits("realm", database).list())
                .allSatisfy(unit -> assertThat(unit.index()).isNotNull());
        assertThat(victim.prune(USERS)).isEmpty();
    }

    @Test
    void prunesAUnitAgainWhenAnotherClassExpires() throws Exception {
        victim.prune(USERS);
        victim.log.node().run();

        assertThat(victim.prune(ALL)).extracting(each -> each.unit().count()).containsExactly(32, 32);
        victim.log.node().run();
        assertThat(rows(0, 512)).isEqualTo(64);
        assertThat(victim.findings()).isEmpty();
    }

    /** The option archive-unit may be changed: what was archived before stays as it is, and is pruned as it is. */
    @Test
    void prunesUnitsOfDifferentSizes() throws Exception {
        victim.grow(2 * PrunedLog.UNIT);
        victim.archive(2 * PrunedLog.UNIT);
        victim.log.node().run();

        assertThat(victim.prune(USERS)).extracting(Pruner.Done::deleted).containsExactly(192L, 192L, 382L);
        victim.log.node().run();
        assertThat(minIndex()).isEqualTo(1_024);
        assertThat(victim.findings()).isEmpty();
    }

    @Test
    void prunesNothingThatIsNotOver() throws Exception {
        assertThat(victim.prune(NOTHING)).isEmpty();
        assertThat(victim.prune("{\"user\":\"P18M\",\"admin\":\"P72M\",\"scim\":null}"))
                .isEmpty();
        assertThat(minIndex()).isZero();
    }

    /** Each run dies one transaction later than the one before; what is left is whole every time, and a run ends it. */
    @Test
    void endsWhatACrashHasLeftBehind() throws Exception {
        int died = 0;
        for (int after = 1; died == after - 1; after++) {
            try {
                victim.prune(USERS, new Dying(database, after));
            } catch (Dying.Killed e) {
                died++;
                assertThat(victim.findings()).as("after %d transactions", after).isEmpty();
            }
        }
        assertThat(died).isGreaterThan(10);
        assertThat(victim.prune(USERS)).isEmpty();
        assertThat(rows(0, 512)).isEqualTo(128);
        assertThat(victim.findings()).isEmpty();
    }

    @Test
    void keepsWhatConcernsAPersonUnderAHoldUntilItIsReleased() throws Exception {
        String amy =
                victim.log.keys().references("realm", PrunedLog.AMY).iterator().next();
        victim.privacy.holds().put(amy, "case 7", null, victim.entries);

        assertThat(victim.prune(USERS)).extracting(each -> each.unit().count()).containsExactly(96, 96);
        assertThat(victim.findings()).isEmpty();
        victim.log.node().run();

        victim.privacy.holds().release(amy, victim.entries);
        assertThat(victim.prune(USERS)).extracting(each -> each.unit().count()).containsExactly(64, 64);
        assertThat(victim.findings()).isEmpty();
    }

    @Test
    void waitsForASinkAndSaysSo() throws Exception {
        new Sinks(database).declare(Set.of("syslog"), 0);
        assertThat(victim.prune(USERS)).isEmpty();
        RetentionPolicy policy = RetentionPolicy.DEFAULT;
        assertThat(victim.pruner(database).isBlockedBySink(victim.epoch, policy, Duration.ofDays(1)))
                .isTrue();
        assertThat(victim.pruner(database).isBlockedBySink(victim.epoch, policy, Duration.ofDays(900)))
                .isFalse();

        database.tamper("insert into AUDIT_SINK_CURSOR (SINK_ID, LOG_ID, NEXT_INDEX, SIGNED_SIZE)"
                + " values ('syslog', 'realm', 511, 511)");
        assertThat(victim.prune(USERS)).hasSize(1);
        database.tamper("update AUDIT_SINK_CURSOR set NEXT_INDEX = 512");
        assertThat(victim.pruner(database).isBlockedBySink(victim.epoch, policy, Duration.ofDays(1)))
                .isFalse();
        assertThat(victim.prune(USERS)).hasSize(1);
    }

    /** A webhook that was made to begin somewhere, or is to be told again, and has had no turn since. */
    @Test
    void waitsForASinkThatHasStillToBeginWhereItWasAsked() throws Exception {
        new Sinks(database).declare(Set.of("syslog"), 0);
        database.tamper("insert into AUDIT_SINK_CURSOR (SINK_ID, LOG_ID, NEXT_INDEX, SIGNED_SIZE)"
                + " values ('syslog', 'realm', 512, 512)");
        database.tamper(
                "update AUDIT_SINK set REPLAY_NUMBER = REPLAY_NUMBER + 1, REPLAY_LOG = 'realm', REPLAY_FROM = 300");

        assertThat(victim.prune(USERS)).hasSize(1);
        assertThat(minIndex()).isEqualTo(256);

        database.tamper("update AUDIT_SINK_STATE set REPLAYED = REPLAYED + 1");
        assertThat(victim.prune(USERS)).hasSize(1);
    }

    @Test
    void erasesSomebodyOfWhomOnlyTheKeyIsLeft() throws Exception {
        victim.prune(USERS);
        victim.prune(USERS);
        database.tamper("delete from AUDIT_STAGE");
        String count = "select count(*) from AUDIT_SUBJECT_KEY where SUBJECT_REF = '"
                + victim.log
                        .keys()
                        .references("realm", PrunedLog.AMY)
                        .iterator()
                        .next() + "'";
        assertThat(database.lines(count)).containsExactly("1");

        victim.privacy.erasure().erase(PrunedLog.AMY, "ticket 7", null, victim.entries);

        assertThat(database.lines(count)).containsExactly("0");
    }

    /** The key that is left opens what the archive holds, and nothing does when it is gone. */
    @Test
    void findsSomebodyWhoIsInArchivesOnlyByAFormerNameAndErasesThem() throws Exception {
        String entry = database.lines("select ID from AUDIT_ENTRY where LOG_INDEX = " + PrunedLog.ONCE_AT)
                .get(0);
        victim.prune(USERS);
        victim.log.stage("EXPORT", "change", "{\"details\":{\"filter.user\":\"once.upon\"}}");
        victim.log.node().run();

        Subject found = subject("Once.Upon");
        assertThat(found.userId()).isEqualTo(PrunedLog.ONCE);
        assertThat(found.names()).containsExactly("once.upon");
        assertThat(found.entries()).isZero();
        assertThat(subject(PrunedLog.ONCE)).isEqualTo(found);
        assertThat(victim.privacy.subjects().id(found.reference())).contains(PrunedLog.ONCE);
        String wrapped = database.lines("select WRAPPED_KEY" + rowsOf("AUDIT_SUBJECT_KEY", found))
                .get(0);
        assertThat(archived(found.reference(), wrapped, entry)).contains("once.upon");
        assertThat(database.lines("select KNOWN_AS" + rowsOf("AUDIT_PERSON", found)))
                .singleElement(STRING)
                .doesNotContain("once.upon");

        victim.privacy.erasure().erase(PrunedLog.ONCE, "ticket 7", null, victim.entries);

        for (String table : List.of("AUDIT_SUBJECT_KEY", "AUDIT_NAME", "AUDIT_PERSON", "AUDIT_PRIVATE")) {
            assertThat(database.lines("select count(*)" + rowsOf(table, found)))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(victim.privacy.subjects().find("once.upon", List.of())).isEmpty();
        assertThat(subject(PrunedLog.ONCE).state()).isEqualTo(Subject.State.ERASED);
        victim.log.node().run();
        assertThat(victim.findings()).isEmpty();
        assertThat(database.lines("select count(*) from AUDIT_PRIVATE where SUBJECT_REF = '-' and SLOT = 'change'"))
                .as("the export that names the person, whose own slots are gone")
                .containsExactly("1");
    }

    @Test
    void putsAHoldOnSomebodyWhoIsInArchivesOnly() throws Exception {
        victim.prune(USERS);
        String once = subject("once.upon").reference();

        victim.privacy.holds().put(once, "case 8", null, victim.entries);

        assertThat(subject("once.upon").state()).isEqualTo(Subject.State.HELD);
        assertThatThrownBy(() -> victim.privacy.erasure().erase(PrunedLog.ONCE, "ticket 7", null, victim.entries))
                .hasMessageContaining("case 8");
        victim.log.node().run();
        assertThat(victim.prune(ALL)).as("others are pruned meanwhile").hasSize(2);

        assertThat(victim.privacy.holds().release(once, victim.entries)).isTrue();
        victim.privacy.erasure().erase(PrunedLog.ONCE, "ticket 7", null, victim.entries);
        assertThat(subject(PrunedLog.ONCE).state()).isEqualTo(Subject.State.ERASED);
    }

    /** Somebody has changed it: it counts as not there, and the person is still found and erased by the id. */
    @Test
    void believesNothingAboutSomebodyThatTheServerHasNotWritten() throws Exception {
        victim.prune(USERS);
        Subject found = subject("once.upon");
        database.tamper("update AUDIT_PERSON set KNOWN_AS = (select p.KNOWN_AS from AUDIT_PERSON p where p.SUBJECT_REF"
                + " <> '" + found.reference() + "' fetch first row only) where SUBJECT_REF = '" + found.reference()
                + "'");

        assertThat(victim.privacy.subjects().find("once.upon", List.of())).isEmpty();
        assertThat(subject(PrunedLog.ONCE).names()).isEmpty();
        victim.privacy.erasure().erase(PrunedLog.ONCE, "ticket 7", null, victim.entries);
        assertThat(database.lines("select count(*)" + rowsOf("AUDIT_PERSON", found)))
                .containsExactly("0");
    }

    private Subject subject(String text) {
        List<Subject> found = victim.privacy.subjects().find(text, List.of());
        assertThat(found).as(text).hasSize(1);
        return found.get(0);
    }

    private static String rowsOf(String table, Subject person) {
        return " from " + table + " where SUBJECT_REF = '" + person.reference() + "'";
    }

    /** What an archive holds of a person's slots, opened with the key that the database had. */
    private String archived(String reference, String wrapped, String entry) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            Path archive = files.filter(file -> file.toString().contains("/0-256-"))
                    .findFirst()
                    .orElseThrow();
            try (LogSource source = LogSource.open(archive);
                    InputStream in = source.open(BundlePath.SEALED)) {
                String line = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(each -> each.contains(reference) && each.contains("\"an\""))
                        .findFirst()
                        .orElseThrow();
                assertThat(line).doesNotContain("once.upon");
                return new String(
                        victim.log
                                .keys()
                                .subjectKey("realm", reference, wrapped)
                                .open(JsonReader.parseObject(line).string("data"), entry + "\0an"),
                        StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void erasesWhatIsLeftOfSomebody() throws Exception {
        victim.prune(USERS);
        victim.privacy.erasure().erase("6f9b2c1e-zoe", "ticket 7", null, victim.entries);
        victim.log.node().run();

        assertThat(victim.findings()).isEmpty();
    }

    @Test
    void prunesNothingWhoseArchiveIsNotWhatItWas() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            Path archive = files.filter(file -> file.toString().contains("/0-256-"))
                    .findFirst()
                    .orElseThrow();
            Files.write(archive, new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> victim.prune(USERS)).isInstanceOf(IOException.class);
        assertThat(minIndex()).isZero();
        assertThat(rows(0, 512)).isEqualTo(512);
    }

    @Test
    void prunesNothingForARowThatNoEntryTellsOf() {
        database.tamper("update AUDIT_ARCHIVE set FILE_HASH = '" + "0".repeat(64) + "'");

        assertThatThrownBy(() -> victim.prune(USERS)).hasMessageContaining("no entry ARCHIVE");
        assertThat(rows(0, 512)).isEqualTo(512);
    }

    @Test
    void prunesNothingOfADamagedUnit() {
        database.tamper(
                "update AUDIT_ENTRY set LEAF_HASH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' where LOG_INDEX = 3");

        assertThatThrownBy(() -> victim.prune(USERS)).isInstanceOf(VerificationException.class);
        assertThat(rows(0, 512)).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEPT = '-'", "KEPT = 'x'", "ENTRY_ID = 'none'"})
    void deletesNothingMoreByAListThatNoEntryTellsOf(String forged) throws Exception {
        victim.prune(USERS);
        database.tamper("update AUDIT_PRUNED set " + forged + " where FROM_INDEX = 0");

        assertThatThrownBy(() -> victim.prune(ALL)).hasMessageContaining("does not say what an entry PRUNE");

        assertThat(rows(0, 512)).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from AUDIT_ENTRY where LOG_INDEX = 8",
                "update AUDIT_ENTRY set LEAF = replace(LEAF, 'CLEAR', 'CLEAN') where LOG_INDEX = 8",
                "update AUDIT_ENTRY set LEAF_HASH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' where LOG_INDEX = 8",
                "update AUDIT_NODE set HASH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' where TILE_LEVEL = 0 and"
                        + " NODE_INDEX = 10",
                "update AUDIT_NODE set HASH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' where TILE_LEVEL = 0 and"
                        + " NODE_INDEX = 8",
                "delete from AUDIT_NODE where TILE_LEVEL = 0 and NODE_INDEX = 11",
                "delete from AUDIT_PRUNED where FROM_INDEX = 0",
                "delete from AUDIT_PRUNED where FROM_INDEX = 256",
                "update AUDIT_PRUNED set TO_INDEX = 255 where FROM_INDEX = 0",
                "update AUDIT_PRUNED set FROM_INDEX = 257 where FROM_INDEX = 256",
                "update AUDIT_PRUNED set KEPT = '-' where FROM_INDEX = 0",
                "update AUDIT_PRUNED set KEPT = 'x' where FROM_INDEX = 0",
                "update AUDIT_PRUNED set PRUNED_TIME = PRUNED_TIME + 1 where FROM_INDEX = 0",
                "update AUDIT_PRUNED set ENTRY_ID = '00000000-0000-7000-8000-000000000001' where FROM_INDEX = 0",
                "update AUDIT_PRUNED set LOG_ID = 'other' where FROM_INDEX = 256"
            })
    void whoChangesWhatIsLeftIsFound(String sql) throws Exception {
        victim.prune(USERS);
        victim.log.node().run();
        assertThat(victim.findings()).isEmpty();

        assertThat(database.tamper(sql)).isEqualTo(1);

        assertThat(victim.findings()).isNotEmpty();
    }

    private long minIndex() {
        return new PrunedUnits("realm", database).minIndex();
    }

    private long rows(long from, long to) {
        return Long.parseLong(
                database.lines("select count(*) from AUDIT_ENTRY where LOG_INDEX >= " + from + " and LOG_INDEX < " + to)
                        .get(0));
    }
}
