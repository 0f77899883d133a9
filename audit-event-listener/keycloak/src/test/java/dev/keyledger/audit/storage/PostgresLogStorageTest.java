package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLogStorageTest extends JpaLogStorageContract {
    private static final String STAGE = "select ID from AUDIT_STAGE where LOG_ID = 'a' and STATE = 'STAGED'"
            + " order by EVENT_TIME, ID fetch first 4096 rows only";
    private static final String NAMES = "select NAME_REF from AUDIT_NAME where LOG_ID = 'a' and NAME_REF in ("
            + IntStream.range(0, 512).mapToObj(n -> "'" + n + "'").collect(Collectors.joining(",")) + ")";

    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }

    /** PostgreSQL knows nothing of these tables yet, and would read them whole. */
    @Test
    void sealsByIndexesAlone() {
        AtomicReference<EntityManager> running = new AtomicReference<>();
        JpaLogStorage storage = new JpaLogStorage(
                UUID.randomUUID().toString(),
                noting(running),
                new LogDirectory(database, "log.example"),
                TestKeys.ring(),
                InstantSource.system(),
                Runnable::run);

        String plans = storage.withLockedHead(log -> {
                    EntityManager em = Objects.requireNonNull(running.get());
                    return plan(em, STAGE) + plan(em, NAMES) + "seqscan "
                            + em.createNativeQuery("show enable_seqscan").getSingleResult();
                })
                .orElseThrow();

        assertThat(plans)
                .contains("idx_audit_stage_log", "pk_audit_name", "seqscan off")
                .doesNotContain("Seq Scan")
                .doesNotContain("Bitmap")
                .doesNotContain("Sort");
        assertThat(database.lines("show enable_seqscan")).containsExactly("on");
    }

    private Transactions noting(AtomicReference<EntityManager> running) {
        return new Transactions() {
            @Override
            public <R> R run(Function<EntityManager, R> work) {
                return database.run(em -> {
                    running.set(em);
                    return work.apply(em);
                });
            }
        };
    }

    private static String plan(EntityManager em, String query) {
        Stream<?> lines = em.createNativeQuery("explain " + query).getResultStream();
        return lines.map(line -> line + "\n").collect(Collectors.joining());
    }

    @AfterAll
    void close() throws IOException {
        database.close();
    }
}
