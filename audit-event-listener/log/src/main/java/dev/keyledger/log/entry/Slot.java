package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import java.util.Locale;

/** The parts of an entry that are committed to, never written into the leaf. */
public enum Slot {
    /** Who did it. */
    ACTOR,
    /** What it was done to. */
    TARGET,
    /** What changed: before and after. */
    CHANGE,
    /** From where: address, user agent, request. */
    NET;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in leaf and commitment: {@code actor}, {@code target}, {@code change}, {@code net}. */
    public String label() {
        return label;
    }

    /** Returns the slot of a label. */
    public static Slot parse(String label) {
        for (Slot slot : values()) {
            if (slot.label.equals(label)) {
                return slot;
            }
        }
        throw new FormatException("no such slot: " + FormatException.quote(label));
    }
}
