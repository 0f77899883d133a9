package dev.keyledger.log.siem;

import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.Hash;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a signed log, as those are told of it who follow the log.
 *
 * @param index leaf index
 * @param leafHash hash of the stored leaf
 * @param slots the values that still open; what is erased or withheld is left out
 */
public record LoggedEntry(Entry entry, long index, Hash leafHash, Map<Slot, JsonObject> slots) {
    public LoggedEntry {
        Map<Slot, JsonObject> bySlot = new EnumMap<>(Slot.class);
        bySlot.putAll(slots);
        slots = Map.copyOf(bySlot);
    }

    /** The same, telling only what the leaf says in clear: no name, no address, no value. */
    public LoggedEntry leafOnly() {
        return new LoggedEntry(entry, index, leafHash, Map.of());
    }

    /** The same without what changed, which may be long. */
    public LoggedEntry withoutChange() {
        Map<Slot, JsonObject> fewer = new EnumMap<>(Slot.class);
        fewer.putAll(slots);
        fewer.remove(Slot.CHANGE);
        return new LoggedEntry(entry, index, leafHash, fewer);
    }

    /** The text of a member of a slot; null when the slot does not open or has no such text. */
    @Nullable
    String text(Slot slot, String member) {
        JsonObject value = slots.get(slot);
        return value != null && value.get(member) instanceof JsonString text ? text.value() : null;
    }

    /** Whether an attribute is said to have become this. */
    boolean became(String attribute, boolean wanted) {
        JsonObject change = slots.get(Slot.CHANGE);
        if (change == null || !(change.get("after") instanceof JsonObject after)) {
            return false;
        }
        return JsonLiteral.of(wanted).equals(after.get(attribute))
                || JsonString.of(Boolean.toString(wanted)).equals(after.get(attribute));
    }
}
