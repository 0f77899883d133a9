package dev.keyledger.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run is told by system properties.
 *
 * @param contests {@code peers}: beside native SCIM; {@code scale}: beside itself, on many users; {@code records}: what
 *     recording costs
 * @param database {@code h2} or {@code postgres}
 * @param users how many users each server has
 * @param members how many of them are in the large group
 * @param rounds how many pairs of rounds each contest has
 * @param round how long a round lasts
 * @param scenarios names of the contests to run, all if empty
 * @param report the Markdown file that the table is written to
 */
record Settings(
        Kind contests,
        DatabaseKind database,
        int users,
        int members,
        int rounds,
        Duration round,
        List<String> scenarios,
        Path report) {

    enum Kind {
        PEERS,
        SCALE,
        RECORDS
    }

    enum DatabaseKind {
        /** As Keycloak opens it: native answers a commit up to half a second before it is written. */
        H2,
        /** On either side every commit is written before it is answered, as Keyledger always has it. */
        H2_WRITTEN,
        POSTGRES
    }

    /** Users outside the large group: they are put in and taken out. */
    private static final int SPARE_USERS = 1_000;

    static Settings ofSystemProperties() {
        Kind contests = Kind.valueOf(property("contests", "peers").toUpperCase(Locale.ROOT));
        DatabaseKind database = DatabaseKind.valueOf(
                property("database", "h2").toUpperCase(Locale.ROOT).replace('-', '_'));
        int members = Integer.getInteger("members", contests == Kind.SCALE ? 100_000 : 10_000);
        return new Settings(
                contests,
                database,
                Math.max(Integer.getInteger("users", members + SPARE_USERS), members + SPARE_USERS),
                members,
                Integer.getInteger("rounds", 5),
                Duration.ofMillis(Long.getLong("millis", 3_000)),
                Stream.of(property("scenarios", "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                Path.of(property("report", "target/load-" + contests + "-" + database + ".md")
                        .toLowerCase(Locale.ROOT)));
    }

    boolean wants(String contest) {
        return scenarios.isEmpty() || scenarios.contains(contest);
    }

    private static String property(String name, String otherwise) {
        return System.getProperty(name, otherwise);
    }
}
