package dev.keyledger.audit.admin;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rights of the log beyond reading, which Keycloak's own {@code view-events} gives. They are roles of the client
 * {@code realm-management}, and in the admin realm of each realm's {@code <realm>-realm}, as Keycloak's own are.
 */
public enum AuditRole {
    /** Taking entries out of the server in bulk: evidence bundles, CSV, JSON lines. */
    EXPORT("audit-export", "Export the audit log"),

    /** Making what a log holds about a person unreadable. */
    ERASE("audit-erase", "Erase personal data from the audit log"),

    /** Changing how the log is kept: its keys, its witnesses, its recovery. */
    CONFIGURE("audit-configure", "Configure the audit log");

    private final String label;
    private final String description;

    AuditRole(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** The role's name in Keycloak. */
    public String label() {
        return label;
    }

    String description() {
        return description;
    }

    static List<String> labels() {
        return Stream.of(values()).map(AuditRole::label).toList();
    }
}
