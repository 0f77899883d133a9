package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every index range is walked by its own index, in its order, from the place where the page begins: whatever is rare or
 * common in a log of 50,000 entries, and however deep the page is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchPlanTest {
    private static final int ENTRIES = 50_000;

    abstract static class Plans {
        private final TestDatabase database;
        private final String series;
        private final String explain;

        Plans(Supplier<TestDatabase> database, String series, String explain) {
            this.database = database.get();
            this.series = series;
            this.explain = explain;
        }

        @BeforeAll
        void fill() {
            database.tamper(String.format(
                    "insert into AUDIT_ENTRY (LOG_ID, LOG_INDEX, ID, EVENT_TIME, LEAF, LEAF_HASH, KIND, OPERATION,"
                            + " RESOURCE_TYPE, SUCCESS, ACTOR_REF, ACTOR_NAME_REF, TARGET_REF, TARGET_NAME_REF,"
                            + " CLIENT_REF, IP_REF, REQUEST_REF, FACET) select 'large', n, 'id-' || n, n * 10, 'leaf',"
                            + " 'hash', 'user', 'LOGIN', 'USER', true, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s,"
                            + " case when mod(n, 3) = 0 then null else 'r-' || n end,"
                            + " case when n = 7 then 2 when n < 100 then 3 else 1 end from %2$s",
                    "case when n = 7 then 'rare' when mod(n, 10) = 1 then 'some-' || mod(n, 1000) else 'common' end",
                    series));
            database.tamper("insert into AUDIT_HEAD (LOG_ID, ORIGIN, TREE_SIZE, SIGNED_SIZE, STATE)"
                    + " values ('large', 'log.example/large', 0, 0, 'ACTIVE')");
            database.tamper("analyze");
        }

        @AfterAll
        void close() throws IOException {
            database.close();
        }

        @ParameterizedTest
        @CsvSource({
            "eventTime, common",
            "actorRef, common",
            "actorRef, rare",
            "actorRef, some-11",
            "actorRef, nobody",
            "actorNameRef, rare",
            "actorNameRef, common",
            "targetRef, rare",
            "targetRef, common",
            "targetNameRef, rare",
            "targetNameRef, common",
            "clientRef, rare",
            "clientRef, common",
            "ipRef, rare",
            "ipRef, common",
            "requestRef, r-7",
            "requestRef, none",
            "facet, 1",
            "facet, 2",
            "facet, 9",
        })
        void isWalkedByItsOwnIndex(String column, String value) {
            for (long place : new long[] {Long.MAX_VALUE, ENTRIES * 5L, 700}) {
                assertWalk(column, plan(column, value, place));
            }
        }

        /** The plan of the statement that Hibernate makes of the walk: the same words, but for the names. */
        private String plan(String column, String value, long place) {
            String literal = column.equals("facet") ? value : "'" + value + "'";
            Matcher names = Pattern.compile("\\b([eh])\\.([A-Za-z]+)").matcher(IndexRange.jpql(column));
            String sql = names.replaceAll(name -> name.group(1) + "." + sqlName(name.group(2)))
                    .replace("EntryEntity", "AUDIT_ENTRY")
                    .replace("HeadEntity", "AUDIT_HEAD")
                    .replace("as String", "as varchar(43)")
                    .replace(":log", "'large'")
                    .replace(":value", literal)
                    .replace(":from", "0")
                    .replace(":time", Long.toString(place))
                    .replace(":index", "5");
            return String.join("\n", database.lines(explain + " " + sql + " fetch first 60 rows only"));
        }

        private static String sqlName(String column) {
            return column.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        }

        static String index(String column) {
            return switch (column) {
                case "eventTime" -> "idx_audit_entry_time";
                case "actorRef" -> "idx_audit_entry_by_actor";
                case "actorNameRef" -> "idx_audit_entry_by_actor_n";
                case "targetRef" -> "idx_audit_entry_by_target";
                case "targetNameRef" -> "idx_audit_entry_by_target_n";
                case "clientRef" -> "idx_audit_entry_by_client";
                case "ipRef" -> "idx_audit_entry_by_ip";
                case "requestRef" -> "idx_audit_entry_by_request";
                default -> "idx_audit_entry_by_facet";
            };
        }

        abstract void assertWalk(String column, String plan);
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgres extends Plans {
        OnPostgres() {
            super(
                    TestDatabase::postgres,
                    "generate_series(0, " + (ENTRIES - 1) + ") n",
                    "explain (analyze, timing off)");
        }

        @Override
        void assertWalk(String column, String plan) {
            assertThat(plan)
                    .contains("Index Scan Backward using " + index(column) + " ")
                    .contains("Index Cond")
                    .doesNotContain("Sort");
            assertThat(removed(plan)).as("entries looked at in vain\n" + plan).isLessThan(10);
        }

        private long removed(String plan) {
            return Stream.of(plan.split("\n", -1))
                    .filter(line -> line.contains("Rows Removed by Filter"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnH2 extends Plans {
        OnH2() {
            super(TestDatabase::h2, "(select X as n from system_range(0, " + (ENTRIES - 1) + "))", "explain analyze");
        }

        @Override
        void assertWalk(String column, String plan) {
            assertThat(plan).containsIgnoringCase(index(column) + ":").contains("index sorted");
            assertThat(scanned(plan)).as("entries looked at\n" + plan).isLessThan(200);
        }

        private long scanned(String plan) {
            return Stream.of(plan.split("\n", -1))
                    .filter(line -> line.contains("scanCount"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
    }
}
