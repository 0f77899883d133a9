package dev.keyledger.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.FolderStore;
import dev.keyledger.audit.storage.Claim;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.bundle.LogKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL, each with connections of its own, that archive and prune the same logs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveClusterTest {
    private static final int UNIT = 256;
    private static final int UNITS = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private EmbeddedPostgres server;
    private TestDatabase one;
    private TestDatabase two;
    private volatile Instant now = Instant.now();
    private int logs;

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.start();
        String url = server.getJdbcUrl("postgres", "postgres");
        TestDatabase.migrate(url, "postgres");
        one = TestDatabase.at(url, "postgres");
        two = TestDatabase.at(url, "postgres");
    }

    @AfterAll
    void stop() throws IOException {
        threads.shutdownNow();
        one.close();
        two.close();
        server.close();
    }

    @Test
    void oneNodeArchivesALogAndTheOtherLeavesItAlone() throws Exception {
        Victim victim = new Victim();
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ArchiveStore slow = new BreakableStore(victim.folder) {
            @Override
            public void put(String name, Path file, String sha256) throws IOException {
                writes.countDown();
                await(goOn);
                super.put(name, file, sha256);
            }
        };
        Future<Optional<List<Archive>>> first =
                threads.submit(() -> victim.node(one, slow).runAlone(victim.epoch, victim.told::add));
        await(writes);

        assertThat(victim.node(two).runAlone(victim.epoch, victim.told::add)).isEmpty();
        goOn.countDown();

        assertThat(first.get(1, TimeUnit.MINUTES).orElseThrow()).hasSize(UNITS);
        assertThat(victim.node(two).runAlone(victim.epoch, victim.told::add)).hasValue(List.of());
        victim.assertEachUnitOnce();
    }

    @Test
    void ofTwoThatBeginAtTheSameMomentOneDoes() throws Exception {
        Victim victim = new Victim();
        CyclicBarrier both = new CyclicBarrier(2);
        List<Future<Optional<List<Archive>>>> runs = Stream.of(one, two)
                .map(database -> threads.submit(() -> {
                    both.await();
                    return victim.node(database).runAlone(victim.epoch, victim.told::add);
                }))
                .toList();
        for (Future<Optional<List<Archive>>> run : runs) {
            run.get(1, TimeUnit.MINUTES);
        }
        victim.assertEachUnitOnce();
    }

    /** A node that dies keeps its claim; whoever comes when it has run out ends the work. */
    @Test
    void whatADeadNodeHadBegunAnotherEnds() throws Exception {
        Victim victim = new Victim();
        Claim dead = Claim.take(one, () -> now, victim.id, "archive").orElseThrow();
        assertThat(victim.node(two).runAlone(victim.epoch, victim.told::add)).isEmpty();

        now = now.plus(Duration.ofMinutes(10));
        assertThat(victim.node(two).runAlone(victim.epoch, victim.told::add).orElseThrow())
                .hasSize(UNITS);
        assertThat(dead.renew()).as("it was given up").isTrue();
        victim.assertEachUnitOnce();
    }

    @Test
    void aClaimThatRanOutIsNotRenewedNorGivenUpByWhomItWasTakenFrom() {
        Victim victim = new Victim();
        Claim late = Claim.take(one, () -> now, victim.id, "prune").orElseThrow();
        assertThat(late.renew()).isTrue();
        assertThat(Claim.take(two, () -> now, victim.id, "archive"))
                .as("another work")
                .isPresent();
        now = now.plus(Duration.ofMinutes(11));
        Claim taken = Claim.take(two, () -> now, victim.id, "prune").orElseThrow();

        assertThat(late.renew()).isFalse();
        late.close();
        assertThat(Claim.take(one, () -> now, victim.id, "prune")).isEmpty();
        assertThat(taken.renew()).isTrue();
        taken.close();
        assertThat(Claim.take(one, () -> now, victim.id, "prune")).isPresent();
    }

    /** A node that was so slow that another took over finds that it lost, before it puts another unit anywhere. */
    @Test
    void whoWasTooSlowStopsBeforeTheNextUnit() throws Exception {
        Victim victim = new Victim();
        ArchiveStore slow = new BreakableStore(victim.folder) {
            @Override
            public InputStream open(String name) throws IOException {
                now = now.plus(Duration.ofMinutes(11));
                assertThat(Claim.take(two, () -> now, victim.id, "archive")).isPresent();
                return super.open(name);
            }
        };

        assertThat(victim.node(one, slow)
                        .runAlone(victim.epoch, victim.told::add)
                        .orElseThrow())
                .hasSize(1);
        assertThat(victim.files()).hasSize(1);
    }

    /** A log that both nodes see. */
    private final class Victim {
        private final String id = "realm-" + ++logs;
        private final TestLog log = new TestLog(one, id);
        private final LogEpoch epoch =
                new LogDirectory(one, "log.example").epochs(id).get(0);
        private final ConcurrentLinkedQueue<Map<String, String>> told = new ConcurrentLinkedQueue<>();
        private final Path folder = ArchiveClusterTest.this.folder.resolve(id);

        Victim() {
            for (int i = 0; i < UNITS * UNIT; i++) {
                log.stage("LOGIN");
            }
            log.node().run();
        }

        Archiver node(TestDatabase database) {
            return node(database, new FolderStore(folder));
        }

        Archiver node(TestDatabase database, ArchiveStore store) {
            return new Archiver(
                    store,
                    UNIT,
                    database,
                    () -> now,
                    (logId, under, tiles) -> List.of(LogKey.first(log.verifierKey())));
        }

        void assertEachUnitOnce() throws IOException {
            assertThat(node(two).list(id)).extracting(Archive::from).containsExactly(0L, 256L, 512L);
            assertThat(told).hasSize(UNITS);
            assertThat(files()).hasSize(UNITS);
        }

        List<Path> files() throws IOException {
            try (Stream<Path> walk = Files.walk(folder)) {
                return walk.filter(Files::isRegularFile).toList();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
