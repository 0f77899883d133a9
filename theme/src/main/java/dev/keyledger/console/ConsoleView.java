package dev.keyledger.console;

import java.util.SortedMap;

/**
 * What the console's script needs to know of the admin before it draws anything:
 * {@code {"viewAuditLog":true,"locale":"de","messages":{"keyledger.nav":"Audit-Protokoll"}}}.
 *
 * @param viewAuditLog whether the admin may read the audit log of the realm asked about
 * @param locale the admin's language as a BCP 47 tag
 * @param messages every message of the pages in that language, the overrides of the admin's realm applied
 */
public record ConsoleView(boolean viewAuditLog, String locale, SortedMap<String, String> messages) {}
