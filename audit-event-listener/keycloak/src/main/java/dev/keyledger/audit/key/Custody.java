package dev.keyledger.audit.key;

import java.util.Locale;

/** Where the newest master key is kept. */
public enum Custody {
    /** In a table: convenient, not strong. Whoever has the whole database has the key. */
    DATABASE,
    /** In a file that is not part of the database or its backups. */
    FILE,
    /** In Keycloak's vault. */
    VAULT;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the option and of the status. */
    public String label() {
        return label;
    }

    /** Returns the custody of a label. */
    public static Custody parse(String label) {
        for (Custody custody : values()) {
            if (custody.label.equals(label)) {
                return custody;
            }
        }
        throw new IllegalArgumentException("custody of the keys is \"" + label + "\", want database, file or vault");
    }
}
