package dev.keyledger.console;

import java.util.SortedMap;

/**
 * What the console's script needs to know of the admin before it draws anything:
 * {@code {"viewAuditLog":true,"viewConnections":true,"readConnections":true,"manageConnections":true,"findUsers":true,
 * "findClients":true,"realmUrl":"https://sso.example.com/realms/acme","locale":"de","messages":{"keyledger.nav":"Audit-Protokoll"}}}.
 *
 * @param viewAuditLog whether the admin may read the audit log of the realm asked about
 * @param viewConnections whether the pages of its connections are for this admin
 * @param readConnections whether the admin may read them, which takes less than what the pages are for
 * @param manageConnections whether the admin may change them
 * @param findUsers whether the admin may search the realm's users, which pages do to suggest names
 * @param findClients likewise its clients
 * @param realmUrl where the realm's own endpoints are for the world outside, without a slash at the end
 * @param locale the admin's language as a BCP 47 tag
 * @param messages every message of the pages in that language, the overrides of the admin's realm applied
 */
public record ConsoleView(
        boolean viewAuditLog,
        boolean viewConnections,
        boolean readConnections,
        boolean manageConnections,
        boolean findUsers,
        boolean findClients,
        String realmUrl,
        String locale,
        SortedMap<String, String> messages) {}
