package dev.keyledger.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.FolderStore;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.verify.LogVerifier;
import dev.keyledger.log.verify.Verdict;
import dev.keyledger.log.verify.VerifyOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole units of a log go into files that verify by themselves, and nothing tells of a file that does not. */
class ArchiverTest {
    private static final int UNIT = 256;
    // Words with a full stop, which base64 cannot happen to hold.
    private static final String ACTOR =
            "{\"id\":\"6f9b2c1e-zoe.archived\",\"name\":\"zoe.archived\",\"type\":\"user\"}";

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");
    private final LogEpoch epoch =
            new LogDirectory(database, "log.example").epochs("realm").get(0);
    private final List<Map<String, String>> told = new ArrayList<>();
    private Instant now = Instant.now();

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void sealTwoUnitsAndABit() {
        for (int i = 0; i < 2 * UNIT + 8; i++) {
            log.stage("LOGIN", "actor", ACTOR, "net", "{\"ip\":\"192.0.2.1\"}");
        }
        log.node().run();
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void writesEachWholeUnitOnceAndTellsTheLog() throws IOException {
        List<Archive> made = archiver().run(epoch, told::add);

        assertThat(made).extracting(Archive::from).containsExactly(0L, 256L);
        assertThat(archiver().list("realm")).isEqualTo(made);
        assertThat(told)
                .extracting(facts -> facts.get("sha256"))
                .containsExactlyElementsOf(made.stream().map(Archive::hash).toList());
        assertThat(archiver().run(epoch, told::add)).isEmpty();
        assertThat(files()).hasSize(2).allMatch(file -> file.endsWith(".keyledger.zip"));
    }

    @Test
    void whatItWritesVerifiesAndNamesNobody() throws IOException {
        Archive archive = archiver().run(epoch, told::add).get(1);

        try (LogSource files = LogSource.open(folder.resolve(archive.place()))) {
            assertThat(LogVerifier.verify(files, new VerifyOptions(List.of(log.verifierKey()), null, null))
                            .verdict())
                    .isEqualTo(Verdict.VERIFIED);
            for (String path : files.paths()) {
                try (InputStream in = files.open(path)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .as(path)
                            .doesNotContain("zoe.archived", "192.0.2.1");
                }
            }
            try (InputStream in = files.open(BundlePath.SEALED)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines())
                        .hasSize(UNIT);
            }
        }
    }

    /** Each run dies one step later than the one before: writing, reading back, telling the log, listing, giving up the claim. */
    @Test
    void endsWhatACrashHasLeftBehind() throws IOException {
        int died = 0;
        for (int after = 1; died == after - 1; after++) {
            // longer than the claim of the one that died before
            now = now.plus(Duration.ofMinutes(11));
            Dying node = new Dying(database, after);
            try {
                archiver(node.store(folder), node).runAlone(epoch, facts -> node.run(em -> told.add(facts)));
            } catch (Dying.Killed e) {
                died++;
                assertListedIsToldAndThere();
            }
        }
        assertThat(died).isGreaterThan(10);
        assertThat(archiver().list("realm")).extracting(Archive::from).containsExactly(0L, 256L);
        assertListedIsToldAndThere();
        assertThat(files()).as("what a dead node had put is left").hasSizeGreaterThan(2);
    }

    private void assertListedIsToldAndThere() throws IOException {
        List<String> hashes = told.stream().map(facts -> facts.get("sha256")).toList();
        for (Archive archive : archiver().list("realm")) {
            assertThat(hashes).contains(archive.hash());
            new FolderStore(folder).confirm(archive.place(), archive.hash());
        }
    }

    @Test
    void tellsOfNothingThatDoesNotVerifyWhenItIsReadBack() throws IOException {
        database.tamper(
                "update AUDIT_ENTRY set LEAF_HASH = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' where LOG_INDEX = 3");

        assertThatThrownBy(() -> archiver().run(epoch, told::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not verify");
        assertThat(told).isEmpty();
        assertThat(archiver().list("realm")).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void tellsOfNothingThatTheStoreChangesOrLoses() {
        ArchiveStore changes = new BreakableStore(folder) {
            @Override
            public InputStream open(String name) throws IOException {
                byte[] bytes = super.open(name).readAllBytes();
                bytes[bytes.length / 2] ^= 1;
                return new ByteArrayInputStream(bytes);
            }
        };
        ArchiveStore loses = new BreakableStore(folder) {
            @Override
            public void put(String name, Path file, String sha256) {
                // Answers that it has it.
            }
        };

        assertThatThrownBy(() -> archiver(changes).run(epoch, told::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has SHA-256");
        assertThatThrownBy(() -> archiver(loses).run(epoch, told::add)).isInstanceOf(NoSuchFileException.class);
        assertThat(told).isEmpty();
        assertThat(archiver().list("realm")).isEmpty();
    }

    @Test
    void givesNothingToAStoreThatSaysThatItIsNotReady() throws IOException {
        ArchiveStore refuses = new BreakableStore(folder) {
            @Override
            public void check() throws IOException {
                throw new IOException("no bucket");
            }
        };

        assertThatThrownBy(() -> archiver(refuses).run(epoch, told::add)).hasMessage("no bucket");
        assertThat(files()).isEmpty();
    }

    @Test
    void waitsLongerAfterEachFailureAndAnHourAtMost() {
        assertThat(IntStream.of(0, 1, 5, 6, 1_000).mapToObj(ArchiveTask::pause).map(Duration::toMinutes))
                .containsExactly(1L, 2L, 32L, 60L, 60L);
    }

    /** No two archives are made at the same time, so none is another's copy. */
    private Instant tick() {
        now = now.plusMillis(1);
        return now;
    }

    private Archiver archiver() {
        return archiver(new FolderStore(folder));
    }

    private Archiver archiver(ArchiveStore store) {
        return archiver(store, database);
    }

    private Archiver archiver(ArchiveStore store, Transactions transactions) {
        return new Archiver(
                store,
                UNIT,
                transactions,
                this::tick,
                (logId, under, tiles) -> List.of(LogKey.first(log.verifierKey())));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
