package dev.keyledger.benchmarks.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes many users of one, straight in the database of a stopped server: the first user of all, whom SCIM created, and all of
 * its attributes, roles and memberships are copied row by row under other names.
 *
 * @param numbers the database's table of the numbers from 1 to its argument, in a column {@code N}
 */
record Clones(String url, String user, String password, String numbers) {
    private static final String ID = "'00000000-0000-4000-8000-' || lpad(cast(N as varchar), 12, '0')";

    static Clones h2(String file) {
        return new Clones(
                "jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE",
                "",
                "",
                "(select X as N from system_range(1, %d)) NUMBERS");
    }

    static Clones postgres(String url, String user, String password) {
        return new Clones(url, user, password, "generate_series(1, %d) as NUMBERS(N)");
    }

    /** The ids of the clones, in the order of their numbers. */
    static List<String> ids(int clones) {
        return IntStream.rangeClosed(1, clones)
                .mapToObj("00000000-0000-4000-8000-%012d"::formatted)
                .toList();
    }

    /** Makes that many clones of the user, whose name is {@code name}0; the first {@code members} are in its groups. */
    void make(String id, String name, int clones, int members) {
        String renamed = "replace(%s, '" + name + "0', '" + name + "' || cast(N as varchar))";
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into USER_ENTITY (ID, USERNAME, EMAIL, EMAIL_CONSTRAINT, EMAIL_VERIFIED, ENABLED,"
                    + " FIRST_NAME, LAST_NAME, REALM_ID, CREATED_TIMESTAMP, LAST_MODIFIED_TIMESTAMP, NOT_BEFORE) select "
                    + ID + ", " + renamed.formatted("USERNAME") + ", " + renamed.formatted("EMAIL") + ", "
                    + renamed.formatted("EMAIL_CONSTRAINT")
                    + ", EMAIL_VERIFIED, ENABLED, FIRST_NAME, LAST_NAME, REALM_ID,"
                    + " CREATED_TIMESTAMP, LAST_MODIFIED_TIMESTAMP, NOT_BEFORE from USER_ENTITY, "
                    + numbers.formatted(clones) + " where ID = '" + id + "'");
            statement.execute("insert into USER_ATTRIBUTE (ID, USER_ID, NAME, VALUE) select"
                    + " substring(ID, 1, 8) || '-' || cast(N as varchar), " + ID + ", NAME, "
                    + renamed.formatted("VALUE")
                    + " from USER_ATTRIBUTE, " + numbers.formatted(clones) + " where USER_ID = '" + id + "'");
            statement.execute("insert into USER_ROLE_MAPPING (ROLE_ID, USER_ID) select ROLE_ID, " + ID
                    + " from USER_ROLE_MAPPING, " + numbers.formatted(clones) + " where USER_ID = '" + id + "'");
            statement.execute("insert into USER_GROUP_MEMBERSHIP (GROUP_ID, USER_ID, MEMBERSHIP_TYPE) select GROUP_ID, "
                    + ID + ", MEMBERSHIP_TYPE from USER_GROUP_MEMBERSHIP, " + numbers.formatted(members - 1)
                    + " where USER_ID = '" + id + "'");
            statement.execute("analyze");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot clone user " + id + " in " + url, e);
        }
    }
}
