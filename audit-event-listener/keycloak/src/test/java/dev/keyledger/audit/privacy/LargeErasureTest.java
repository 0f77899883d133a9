package dev.keyledger.audit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Erasing a person out of a log of any size has no transaction that takes longer than a few seconds. {@code
 * -Dkeyledger.large-erasure=1000000} says how many entries; filling PostgreSQL with so many takes minutes, so this is no part
 * of the default build. What it printed last is in docs/performance.md.
 */
@EnabledIfSystemProperty(named = "keyledger.large-erasure", matches = "[0-9]+")
class LargeErasureTest {
    private static final int ENTRIES = Integer.getInteger("keyledger.large-erasure", 0);
    private static final int BATCH = 2_000;
    private static final int PEOPLE = 5_000;

    /** One in so many entries is the person's own, and as many others tell of her. */
    private static final int ONE_IN = 100;

    private static final double LIMIT_SECONDS = 5;

    @Test
    void noTransactionGrowsWithTheLog() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            TestLog log = new TestLog(database, "realm");
            fill(database, log);
            Watch watch = new Watch(database);
            Privacy privacy = Privacy.of(
                    "realm", watch, new LogDirectory(database, "log.example"), log.keys(), InstantSource.system());
            long start = System.nanoTime();
            SubjectErasure.Done done = privacy.erasure()
                    .erase(
                            "id-of-zoe-0",
                            "ticket 7",
                            null,
                            (epoch, op, user, facts) -> entry(log, epoch, op, user, facts));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries, %,d of them lost a slot: %.1f s, %d transactions, the longest %.2f s%n",
                    ENTRIES,
                    done.entries(),
                    seconds,
                    watch.runs,
                    watch.longest);
            assertThat(done.entries()).isEqualTo(2L * ENTRIES / ONE_IN);
            assertThat(watch.longest).isLessThan(LIMIT_SECONDS);
        }
    }

    private static void fill(TestDatabase database, TestLog log) {
        for (int from = 0; from < ENTRIES; from += BATCH) {
            int first = from;
            database.run(em -> {
                for (int n = first; n < first + BATCH; n++) {
                    em.persist(row(log, n));
                }
                return em;
            });
            log.node().run();
        }
        database.tamper("analyze");
    }

    private static StageEntity row(TestLog log, int n) {
        int person = n % ONE_IN == 0 ? 0 : 1 + n % PEOPLE;
        String who = "{\"id\":\"id-of-zoe-" + person + "\",\"name\":\"user-" + person + "\",\"type\":\"user\"}";
        String net = "{\"ip\":\"192.0.2." + n % 250 + "\",\"requestId\":\"request-" + n
                + "\",\"userAgent\":\"Mozilla/5.0\"}";
        String change = n % ONE_IN == 1
                ? "{\"before\":null,\"after\":{\"members\":[\"id-of-zoe-0\"]}}"
                : "{\"before\":null,\"after\":null,\"details\":{\"auth_method\":\"openid-connect\",\"username\":\"user-"
                        + person + "\"}}";
        return log.row("LOGIN", "actor", who, "change", change, "net", net);
    }

    private static StageEntity entry(
            TestLog log, LogEpoch epoch, String operation, @Nullable String userId, Map<String, JsonValue> details) {
        assertThat(epoch.realmId()).isEqualTo("realm");
        assertThat(userId).isNull();
        return log.row(
                operation,
                "change",
                CanonicalJson.format(new JsonObject(Map.of(
                        "before", JsonLiteral.NULL,
                        "after", JsonLiteral.NULL,
                        "details", new JsonObject(details)))));
    }

    /** Takes the time of every transaction. */
    private static final class Watch implements Transactions {
        private final Transactions transactions;
        private int runs;
        private double longest;

        private Watch(Transactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <R> R run(Function<EntityManager, R> work) {
            long start = System.nanoTime();
            R result = transactions.run(work);
            longest = Math.max(longest, (System.nanoTime() - start) / 1e9);
            runs++;
            return result;
        }
    }
}
