package dev.keyledger.e2e.coverage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes docs/coverage.md. */
final class CoveragePage {
    private static final String HEAD = """
            # What is in the log

            Made by `CoverageTest`, which does on a real Keycloak 26.7.3 what this page lists, and fails when the log holds something else. To write it anew: `./mvnw verify -pl e2e-tests -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=CoverageTest -Dkeyledger.coverage.write=true`.

            ## Operations of the Admin REST API
            All that change something, as the server's own classes declare them, below `/admin/realms`. *Before and after* names what differs; *after* or *before* alone is the whole of what was made or deleted, or what was sent where the state does not show it. Reading leaves no entry, and neither does a request that is refused: Keycloak raises no event for them. Clearing a store and what goes with a thing is `system`: no event of Keycloak's tells it.

            | operation | entry |
            |---|---|
            """;

    private static final String NOTHING = "nothing: Keycloak raises no event for it, and its models tell nothing";

    private static final String EVENTS = """

            ## User events
            Every type of event reaches the log through one door, in the realm's own log, whatever the realm's event settings say. A type ending in `_ERROR` is the same operation with the outcome `failure`. Off by default is what applications do in the background many times per session; `excluded-events` says what is off.

            | type | entry |
            |---|---|
            """;

    private CoveragePage() {}

    static String of(Map<String, String> operations, List<String> eventTypes, Set<String> excluded) {
        StringBuilder page = new StringBuilder(HEAD);
        operations.forEach((operation, entry) -> row(page, operation, entry.equals("nothing") ? NOTHING : entry));
        page.append(EVENTS);
        for (String type : eventTypes) {
            String operation = type.replaceFirst("_ERROR$", "");
            String outcome = type.endsWith("_ERROR") ? ", failure" : "";
            row(page, type, excluded.contains(type) ? "off by default" : "`user " + operation + "`" + outcome);
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String entry) {
        page.append("| `").append(name).append("` | ").append(entry).append(" |\n");
    }
}
