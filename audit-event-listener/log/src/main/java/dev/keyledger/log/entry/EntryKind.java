package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import java.util.Locale;

/** Through which door an event came. */
public enum EntryKind {
    /** The admin API or console. */
    ADMIN,
    /** A person's own login, logout, registration and the like. */
    USER,
    /** SCIM provisioning. */
    SCIM,
    /** The log about itself. */
    SYSTEM;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of {@code k} in the leaf. */
    public String label() {
        return label;
    }

    /** Returns the kind of a label. */
    public static EntryKind parse(String label) {
        for (EntryKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new FormatException("no such kind of entry: " + FormatException.quote(label));
    }
}
