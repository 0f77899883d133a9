package dev.keyledger.audit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.publish.TilesExport;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.cli.ExitCode;
import dev.keyledger.log.cli.Main;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that stage, seal, sign and publish at full speed are killed (SIGKILL) at random moments; others take over. How
 * often is {@code -Dkeyledger.kills=<n>} (a fourth of that on H2).
 */
class RandomKillTest {
    private static final int KILLS = Integer.getInteger("keyledger.kills", 3);
    private static final int LONGEST_LIFE = 1_000;

    private final TrialKeys keys = TrialKeys.generate();

    @TempDir
    Path folder = Path.of("");

    @Test
    void twoNodesOnPostgres() throws IOException, InterruptedException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            TestDatabase.migrate(url, "postgres");
            killAtRandom(url, "postgres", 2, KILLS);
        }
    }

    @Test
    void oneNodeOnH2() throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + folder.resolve("database") + ";DB_CLOSE_ON_EXIT=FALSE";
        TestDatabase.migrate(url, "sa");
        killAtRandom(url, "sa", 1, Math.max(1, KILLS / 4));
    }

    private void killAtRandom(String url, String user, int size, int kills) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path tiles = folder.resolve("tiles");
        Path witness = Files.createDirectory(folder.resolve("witness"));
        Trial trial = new Trial(url, user, keys, tiles, witness);
        List<Trial.Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(trial.start());
        }
        for (int kill = 1; kill <= kills; kill++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE));
            if (kill == kills) {
                // a slow machine's lives are as short as a fast one's, but hold less
                for (String logId : TrialNode.LOGS) {
                    trial.awaitAcknowledged(logId, KILLS + 1);
                }
                awaitRemembered(witness);
            }
            int victim = random.nextInt(size);
            nodes.get(victim).kill();
            if (kill < kills) {
                nodes.set(victim, trial.start());
            } else {
                nodes.remove(victim);
            }
        }
        for (Trial.Node node : nodes) {
            node.kill();
        }
        assertThat(trial.complaints()).as("seed %d", seed).isEmpty();
        try (TestDatabase database = TestDatabase.at(url, user)) {
            for (String logId : TrialNode.LOGS) {
                nothingIsLostDoubledOrSignedTwice(trial, database, logId);
            }
            // one round, which takes the folder over from the dead
            new TilesExport(tiles, database, Duration.ofDays(1)).stop();
            for (String logId : TrialNode.LOGS) {
                assertVerified(tiles.resolve(logId), keys.log(database, logId));
            }
        }
        System.out.printf("%d kills, seed %d%n", kills, seed);
    }

    /** Each log is remembered outside; that is some time after its first checkpoint was stored. */
    private static void awaitRemembered(Path folder) throws InterruptedException {
        FileWitness witness = new FileWitness(folder, "onlooker", InstantSource.system());
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (witness.newest().size() < TrialNode.LOGS.size()) {
            assertThat(System.nanoTime()).as("no log is remembered outside").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
            witness.refresh();
        }
    }

    private void nothingIsLostDoubledOrSignedTwice(Trial trial, TestDatabase database, String logId)
            throws IOException {
        TestLog log = keys.log(database, logId);
        // the next start goes on, and finds what is remembered outside
        String afterwards = log.stage("CREATE");
        FileWitness witness = new FileWitness(folder.resolve("witness"), "afterwards", InstantSource.system());
        witness.refresh();
        log.node(witness.of(logId, logId)).run();
        assertThat(witness.newest()).isNotEmpty();
        LogStatus status = log.status();
        assertThat(status.state()).as(String.valueOf(status.haltReason())).isEqualTo("ACTIVE");
        assertThat(status.staged() + status.quarantined()).isZero();
        assertThat(status.signedSize()).isEqualTo(status.size());

        List<Object[]> entries = database.run(em -> em.createQuery(
                        "select e.logIndex, e.id, e.leafHash from EntryEntity e where e.logId = :log"
                                + " order by e.logIndex",
                        Object[].class)
                .setParameter("log", logId)
                .getResultList());
        List<String> ids = entries.stream().map(row -> (String) row[1]).toList();
        assertThat(ids).doesNotHaveDuplicates();
        Set<String> written = new HashSet<>(ids);
        assertThat(written.remove(afterwards)).isTrue();
        assertThat(without(trial.acknowledged(logId), written))
                .as("acknowledged and not in log %s", logId)
                .isEmpty();
        assertThat(without(written, trial.tried(logId)))
                .as("in log %s, and nobody wrote it", logId)
                .isEmpty();
        assertThat(trial.acknowledged(logId)).hasSizeGreaterThan(KILLS);

        Map<Long, String> stored = checkpoints(database, logId);
        Map<Long, String> computed = new TreeMap<>();
        CompactRange.Appender range = CompactRange.empty().appender();
        for (Object[] row : entries) {
            assertThat((Long) row[0]).isEqualTo(range.size());
            range.append(Hash.ofBase64((String) row[2]));
            if (stored.containsKey(range.size())) {
                computed.put(range.size(), range.toRange().head().root().toString());
            }
        }
        assertThat(computed).as("roots of all checkpoints").isEqualTo(stored);
        assertThat(stored).containsAllEntriesOf(trial.signed(logId));
        assertVerified(bundle(database, log, logId, status), log);
        System.out.printf(
                "log %s: %d entries, %d of them acknowledged before a kill, %d checkpoints%n",
                logId, entries.size(), trial.acknowledged(logId).size(), stored.size());
    }

    /** Of hundreds of thousands, which AssertJ would compare each with each. */
    private static Set<String> without(Set<String> all, Set<String> known) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    private static Map<Long, String> checkpoints(TestDatabase database, String logId) {
        Map<Long, String> roots = new TreeMap<>();
        database.run(em -> em.createQuery(
                                "select c.treeSize, c.note from CheckpointEntity c where c.logId = :log",
                                Object[].class)
                        .setParameter("log", logId)
                        .getResultList())
                .forEach(row -> roots.put((Long) row[0], root((String) row[1])));
        return roots;
    }

    private static String root(String note) {
        return SignedCheckpoint.parse(note).checkpoint().head().root().toString();
    }

    private Path bundle(TestDatabase database, TestLog log, String logId, LogStatus status) throws IOException {
        SignedCheckpoint checkpoint = status.checkpoint();
        assertThat(checkpoint).isNotNull();
        Path zip = folder.resolve(logId + ".zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            BundleWriter.write(
                    BundleRequest.complete(
                            checkpoint,
                            new JpaTileSource(logId, database),
                            log.privateParts(),
                            List.of(LogKey.first(log.verifierKey()))),
                    out);
        }
        return zip;
    }

    private static void assertVerified(Path bundle, TestLog log) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        ExitCode code = Main.run(
                List.of("verify", bundle.toString(), "--vkey", log.verifierKey().toString()), print, print);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.VERIFIED);
    }
}
