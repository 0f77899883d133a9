package dev.keyledger.audit.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.keyledger.audit.sequence.Lanes;
import dev.keyledger.log.sequence.Log;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast one node seals, and how long an entry waits to be signed, on PostgreSQL. {@code -Dkeyledger.sealing=20000}
 * says how many entries a round has; with {@code -DargLine=} the JVM may use both compilers, as a server does. What it
 * printed last is in docs/performance.md. A busy machine says nothing about either, so this is no part of the build.
 */
@EnabledIfSystemProperty(named = "keyledger.sealing", matches = "[0-9]+")
class SealingSpeedTest {
    private static final int ENTRIES = Integer.getInteger("keyledger.sealing", 0);
    private static final int ROUNDS = 10;
    private static final int PEOPLE = 2_000;
    private static final int PER_SECOND = 1_000;
    private static final int SECONDS = 30;
    /** The sequencer's default interval. */
    private static final int INTERVAL_MILLIS = 1_000;

    private final TestDatabase database = TestDatabase.postgres();
    private final TestLog log = new TestLog(database, "5e0d3c0a-6f4c-4f5e-9d1a-1f2f3a4b5c6d");
    private int made;

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    private StageEntity login() {
        return login(log);
    }

    private StageEntity login(TestLog log) {
        int number = made++;
        int person = number * 7_919 % PEOPLE;
        String id = String.format(Locale.ROOT, "0f9b2c1e-1111-4222-8333-%012d", person);
        return log.row(
                "LOGIN",
                "actor",
                "{\"client\":\"shop\",\"id\":\"" + id + "\",\"name\":\"user" + person + "\",\"session\":\"" + id
                        + number + "\",\"type\":\"USER\"}",
                "net",
                "{\"agent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\",\"ip\":\"192.0.2." + person % 250
                        + "\",\"requestId\":\"request-" + number + "\"}",
                "change",
                "{\"details\":{\"auth_method\":\"openid-connect\",\"grant_type\":\"password\",\"scope\":\"email"
                        + " profile\",\"username\":\"user" + person + "\"}}");
    }

    private void stage(List<StageEntity> rows) {
        database.run(em -> {
            em.unwrap(Session.class).setJdbcBatchSize(500);
            rows.forEach(em::persist);
            return null;
        });
    }

    @Test
    void sealsThousandsASecond() {
        sealsThousandsASecondOf(List.of(log));
    }

    /** Of two realms, as the sequencer does: at the same time. */
    @Test
    void sealsThousandsASecondOfTwoLogs() {
        sealsThousandsASecondOf(List.of(log, new TestLog(database, "7b0d3c0a-6f4c-4f5e-9d1a-1f2f3a4b5c6d")));
    }

    private void sealsThousandsASecondOf(List<TestLog> logs) {
        Map<String, Log<StagedParts>> nodes = new TreeMap<>();
        logs.forEach(each -> nodes.put(each.verifierKey().toString(), each.node()));
        Lanes lanes = new Lanes(logs.size());
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int staged = 0; staged < ENTRIES; staged += 1_000) {
                stage(IntStream.range(0, Math.min(1_000, ENTRIES - staged))
                        .mapToObj(i -> login(logs.get(i % logs.size())))
                        .toList());
            }
            long cpu = cpuNanos();
            long start = System.nanoTime();
            lanes.drive(nodes.keySet(), name -> requireNonNull(nodes.get(name)).run());
            double seconds = (System.nanoTime() - start) / 1e9;
            rates.add(ENTRIES / seconds);
            System.out.printf(
                    Locale.ROOT,
                    "sealing: round %d, %.0f entries/s, %.0f us of Java CPU each%n",
                    round,
                    ENTRIES / seconds,
                    (cpuNanos() - cpu) / 1e3 / ENTRIES);
        }
        assertThat(logs.stream().mapToLong(each -> each.status().size()).sum()).isEqualTo((long) ROUNDS * ENTRIES);
        System.out.printf(
                Locale.ROOT,
                "sealing: median of the last %d rounds %.0f entries/s%n",
                ROUNDS / 2,
                median(rates.subList(ROUNDS / 2, ROUNDS)));
    }

    /** From before the transaction that stages an entry, to after the one that stores the checkpoint. */
    @Test
    void signsSoonWhileAThousandASecondAreStaged() throws InterruptedException {
        Log<StagedParts> node = log.node();
        Map<String, Long> stagedAt = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread producer = new Thread(() -> {
            produce(stagedAt);
            done.set(true);
        });
        producer.start();
        List<Long> lags = new ArrayList<>();
        while (lags.size() < PER_SECOND * SECONDS) {
            boolean last = done.get();
            long round = System.nanoTime();
            node.run();
            long now = System.nanoTime();
            database.lines("select ID from AUDIT_ENTRY where LOG_INDEX >= " + lags.size())
                    .forEach(id -> lags.add(now - requireNonNull(stagedAt.remove(id))));
            assertThat(last && lags.size() < PER_SECOND * SECONDS).isFalse();
            Thread.sleep(Math.max(0, INTERVAL_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - round)));
        }
        producer.join();
        long[] sorted = lags.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "lag of %d entries at %d a second: p50 %.2f s, p99 %.2f s, longest %.2f s%n",
                sorted.length,
                PER_SECOND,
                sorted[sorted.length / 2] / 1e9,
                sorted[sorted.length * 99 / 100] / 1e9,
                sorted[sorted.length - 1] / 1e9);
    }

    private void produce(Map<String, Long> stagedAt) {
        long start = System.nanoTime();
        for (int number = 0; number < PER_SECOND * SECONDS; number++) {
            long due = start + number * (1_000_000_000L / PER_SECOND);
            LockSupport.parkNanos(due - System.nanoTime());
            StageEntity row = login();
            stagedAt.put(row.id, System.nanoTime());
            stage(List.of(row));
        }
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
