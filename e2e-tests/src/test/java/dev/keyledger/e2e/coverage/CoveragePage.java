package dev.keyledger.e2e.coverage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes docs/coverage.md. */
final class CoveragePage {
    private static final List<String> OPERATIONS = List.of("CREATE", "UPDATE", "DELETE", "ACTION");

    private static final String HEAD = """
            # What is in the log

            Made by `CoverageTest`, which does on a real Keycloak 26.7.3 what this page lists, and fails when the log holds something else. To write it anew: `./mvnw verify -pl e2e-tests -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=CoverageTest -Dkeyledger.coverage.write=true`.

            ## Operations of the Admin REST API
            All that change something, as the server's own classes declare them, below `/admin/realms`. *Before and after* names what differs; *after* or *before* alone is the whole of what was made or deleted, or what was sent where the state does not show it. Reading leaves no entry, and neither does a request that is refused: Keycloak raises no event for them. What is `system` no event of Keycloak's tells: it is seen in its models and stores.

            | operation | entry |
            |---|---|
            """;

    private static final String NOTHING = "nothing: Keycloak raises no event for it, and its models tell nothing";

    private static final String TYPES = """

            ## Admin events
            Every admin event reaches the log through one door, whatever its type, those of extensions too. Marked are the pairs of resource type and operation that the requests above have raised, and the log has; `–` no request above raises.

            | resource type | CREATE | UPDATE | DELETE | ACTION |
            |---|---|---|---|---|
            """;

    private static final String EVENTS = """

            ## User events
            Every type of event reaches the log through one door, in the realm's own log, whatever the realm's event settings say. A type ending in `_ERROR` is the same operation with the outcome `failure`. *Seen* are those that people and applications have raised in this test; the others need what the last column names. *Off by default* is what applications do in the background many times per session; the option `excluded-events` says what is off, and each realm's policy can say otherwise.

            | type | entry | seen |
            |---|---|---|
            """;

    private CoveragePage() {}

    /**
     * @param operations and what each left in the log
     * @param adminEvents that were raised, as {@code CREATE USER}
     * @param seen types of user events that were raised
     * @param reasons why the others were not
     */
    static String of(
            Map<String, String> operations,
            List<String> resourceTypes,
            Set<String> adminEvents,
            List<String> eventTypes,
            Set<String> excluded,
            Set<String> seen,
            Map<String, String> reasons) {
        StringBuilder page = new StringBuilder(HEAD);
        operations.forEach((operation, entry) -> row(page, operation, entry.equals("nothing") ? NOTHING : entry));
        page.append(TYPES);
        for (String type : resourceTypes) {
            page.append("| `").append(type).append("` |");
            OPERATIONS.forEach(
                    operation -> page.append(adminEvents.contains(operation + " " + type) ? " yes |" : " – |"));
            page.append('\n');
        }
        page.append(EVENTS);
        for (String type : eventTypes) {
            String operation = type.replaceFirst("_ERROR$", "");
            String outcome = type.endsWith("_ERROR") ? ", failure" : "";
            String off = excluded.contains(type) ? "; off by default" : "";
            row(
                    page,
                    type,
                    "`user " + operation + "`" + outcome + off + " | "
                            + (seen.contains(type) ? "yes" : reasons.get(type)));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String entry) {
        page.append("| `").append(name).append("` | ").append(entry).append(" |\n");
    }
}
