package dev.keyledger.e2e.console;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lays millions of entries below the one log of a PostgreSQL whose entries are real. They are older than those and have the
 * indices below zero, so that the log itself stays as it was sealed, and goes on. They look like the real ones, every index
 * and every counter has them, but nobody has ever said what is in them: they have no private parts.
 */
final class LargeLog {
    private static final int EVERY_MILLIS = 3_000;
    private static final int PEOPLE = 5_000;

    private final Statement statement;
    private final long entries;

    LargeLog(Statement statement, long entries) {
        this.statement = statement;
        this.entries = entries;
    }

    void fill() throws SQLException {
        List<String> indices =
                lines("select indexdef from pg_indexes where tablename = 'audit_entry'" + " and indexname like 'idx%'");
        for (String name :
                lines("select indexname from pg_indexes where tablename = 'audit_entry' and indexname like 'idx%'")) {
            statement.execute("drop index " + name);
        }
        facets();
        people();
        long filled = statement.executeLargeUpdate(String.format(
                Locale.ROOT,
                "insert into AUDIT_ENTRY (LOG_ID, LOG_INDEX, ID, EVENT_TIME, LEAF, LEAF_HASH, KIND, OPERATION,"
                        + " RESOURCE_TYPE, SUCCESS, ACTOR_REF, ACTOR_NAME_REF, TARGET_REF, TARGET_NAME_REF, CLIENT_REF,"
                        + " IP_REF, REQUEST_REF, FACET) select t.LOG_ID, -n, 'id-' || n, t.EVENT_TIME - n * %d, t.LEAF,"
                        + " t.LEAF_HASH, f.KIND, f.OPERATION, f.RESOURCE_TYPE, f.SUCCESS, a.ID, a.NAME, g.ID, g.NAME,"
                        + " substr(md5('c' || mod(n, 20)) || md5('d'), 1, 43),"
                        + " substr(md5('i' || mod(n * 31, 250)) || md5('j'), 1, 43),"
                        + " substr(md5('r' || n) || md5('s' || n), 1, 43), f.FACET"
                        + " from generate_series(cast(1 as bigint), %d) n"
                        + " join AUDIT_ENTRY t on t.LOG_INDEX = 0 and t.LOG_ID = (select LOG_ID from LARGE_LOG)"
                        // nine of ten are logins; one in a million is a REALM_REMOVED
                        + " join AUDIT_FACET f on f.LOG_ID = t.LOG_ID and f.FACET = case when mod(n, 1000000) = 77"
                        + " then 10005 when mod(n, 10) <> 0 then 10001 when mod(n, 100) = 0 then 10002"
                        + " when mod(n, 30) = 0 then 10003 else 10004 end"
                        + " join LARGE_PEOPLE a on a.PLACE = mod(n * 7919, %d)"
                        + " left join LARGE_PEOPLE g on mod(n, 10) = 0 and g.PLACE = mod(n * 104729 / 10, %d)",
                EVERY_MILLIS,
                entries,
                PEOPLE,
                PEOPLE));
        if (filled != entries) {
            throw new IllegalStateException("filled in " + filled + " entries, want " + entries);
        }
        statement.execute("insert into AUDIT_HOUR (LOG_ID, HOUR_START, FACET, ENTRIES)"
                + " select LOG_ID, EVENT_TIME - EVENT_TIME % 3600000, FACET, count(*) from AUDIT_ENTRY"
                + " where LOG_INDEX < 0 group by LOG_ID, EVENT_TIME - EVENT_TIME % 3600000, FACET");
        for (String index : indices) {
            statement.execute(index);
        }
        statement.execute("analyze");
    }

    /** The log, and the combinations of words that its old entries have. */
    private void facets() throws SQLException {
        statement.execute("create table LARGE_LOG as select ID as LOG_ID from REALM where NAME = 'large'");
        for (String facet : List.of(
                "10001, 'user', 'LOGIN', 'USER', true",
                "10002, 'user', 'LOGIN_ERROR', 'USER', false",
                "10003, 'admin', 'CREATE', 'GROUP', true",
                "10004, 'scim', 'UPDATE', 'USER', true",
                "10005, 'admin', 'REALM_REMOVED', 'REALM', true")) {
            statement.execute(
                    "insert into AUDIT_FACET (LOG_ID, FACET, KIND, OPERATION, RESOURCE_TYPE, SUCCESS, LAST_TIME)"
                            + " select LOG_ID, " + facet + ", 9000000000000 from LARGE_LOG");
        }
    }

    /** The references of people: those of the real log first, so that a search for one of them has many to pass. */
    private void people() throws SQLException {
        statement.execute(
                "create table LARGE_PEOPLE as select row_number() over (order by ID) - 1 as PLACE, ID, NAME from"
                        + " (select distinct ACTOR_REF as ID, ACTOR_NAME_REF as NAME from AUDIT_ENTRY"
                        + " where ACTOR_REF is not null and LOG_ID = (select LOG_ID from LARGE_LOG)) known");
        statement.execute(String.format(
                Locale.ROOT,
                "insert into LARGE_PEOPLE select k + n, substr(md5('p' || n) || md5('q'), 1, 43),"
                        + " substr(md5('n' || n) || md5('q'), 1, 43)"
                        + " from (select count(*) as k from LARGE_PEOPLE) known, generate_series(0, %d - k - 1) n",
                PEOPLE));
        statement.execute("analyze");
    }

    private List<String> lines(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
