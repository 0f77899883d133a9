package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;

/**
 * What the slot {@code change} of an {@code ERASURE} entry says in its {@code details}: whose slots are gone, and why
 * they may be. A slot is erased only if such an entry lists it; an entry that merely stands there accounts for nothing.
 *
 * @param origin of the log that the slots were in: the entry's own, or that of an earlier epoch
 * @param slots every slot that was erased
 */
public record Erasure(String origin, ErasedSlots slots) {
    /** The operation of the entry. */
    public static final String OPERATION = "ERASURE";

    /** The detail that holds the {@link ErasedSlots}. */
    public static final String SLOTS = "erased";

    /** The detail that holds the origin. */
    public static final String LOG = "log";

    /** Reads the value of the entry's slot {@code change}. */
    public static Erasure parse(JsonObject change) {
        JsonObject details = change.object("details");
        return new Erasure(details.string(LOG), ErasedSlots.parse(details.object(SLOTS)));
    }

    /** Whether an entry is one. */
    public static boolean isErasure(Entry entry) {
        return entry.kind() == EntryKind.SYSTEM && entry.operation().equals(OPERATION);
    }

    /** Whether the value of a slot {@code change} is what such an entry says. */
    public static boolean isList(JsonObject change) {
        try {
            return parse(change).slots().count() > 0;
        } catch (FormatException e) {
            return false;
        }
    }

    /** The slots that are of this log; none when they are another log's. */
    public ErasedSlots slotsOf(String log) {
        return origin.equals(log) ? slots : new ErasedSlots();
    }

    /** The legal basis that the entry names; empty when it names none. */
    public static String legalBasis(JsonObject change) {
        try {
            return change.object("details").get("legalBasis") instanceof JsonString text ? text.value() : "";
        } catch (FormatException e) {
            return "";
        }
    }
}
