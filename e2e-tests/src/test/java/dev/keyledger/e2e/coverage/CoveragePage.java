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

    private static final String SCIM = """

            ## SCIM
            | request | entry |
            |---|---|
            | one that changed something, also within a Bulk | `scim CREATE`, `UPDATE` or `DELETE` of `USER` or `GROUP`, before and after |
            | a changing one that was refused or failed | `scim`, failure, with the status and what the client was told; a Bulk's operation by operation |
            | the deletion of a user whose days after it are over | `scim DELETE USER`, before |
            | the mail that invites a new user | `scim ACTION SCIM_INVITATION`, success or failure |
            | a Bulk | `scim ACTION SCIM_BULK`, with the numbers of its operations and errors |
            | one without a token that counts (401) | `user CLIENT_LOGIN`, failure, with the client that the token names. Who has not proved who he is is no actor |
            | one of too many (429), or of a connection that is paused (503) | `scim`, failure, of that connection |
            | a read that the client has no right to (403), or that failed (5xx) | `scim ACTION SCIM_REQUEST`, failure |
            | a read or search that was served | none; with the policy `logReads`, `scim ACTION SCIM_READ` |
            | a read of what is not there (404), or that makes no sense (400) | none |

            Of 401, 429, paused and refused reads a client can cause as many as it likes. The first of a source (a connection; of strangers the client that the token names, or the address) has its entry at once; the others are counted, and when none has come for a minute, or ten minutes are over, or the node ends, one more entry says with `scim.count` how many came in all. When a connection is served again after 429 or a pause, that entry is made at once. Of the strangers of a realm a hundred are told apart at a time. Every node counts for itself; one that is killed loses the numbers of ten minutes at most, and not the first entries.
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
        return page.append(SCIM).toString();
    }

    private static void row(StringBuilder page, String name, String entry) {
        page.append("| `").append(name).append("` | ").append(entry).append(" |\n");
    }
}
