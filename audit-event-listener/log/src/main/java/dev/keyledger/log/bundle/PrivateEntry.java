package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The private part of one entry, one line of {@code private.jsonl}:
 *
 * <pre>
 * {"index":7,"slots":{"actor":{"salt":"cF6Y...","value":{"type":"user"}},"net":{"sealed":true},"target":{"erased":12}}}
 * </pre>
 *
 * @param index leaf index of the entry
 */
public record PrivateEntry(long index, Map<Slot, PrivateSlot> slots) {
    public PrivateEntry {
        EnumMap<Slot, PrivateSlot> bySlot = new EnumMap<>(Slot.class);
        bySlot.putAll(slots);
        slots = Collections.unmodifiableMap(bySlot);
    }

    /** Parses a line without its newline. */
    public static PrivateEntry parse(String line) {
        JsonObject json = JsonReader.parseObject(line);
        Map<Slot, PrivateSlot> slots = new EnumMap<>(Slot.class);
        JsonObject members = json.object("slots");
        for (String label : members.members().keySet()) {
            slots.put(Slot.parse(label), parseSlot(members.object(label)));
        }
        PrivateEntry entry = new PrivateEntry(json.integer("index"), slots);
        if (!entry.format().equals(line)) {
            throw new FormatException("private part of entry " + entry.index + " is not in canonical form");
        }
        return entry;
    }

    /** The line without its newline, canonical JSON. */
    public String format() {
        Map<String, JsonValue> members = new TreeMap<>();
        slots.forEach((slot, state) -> members.put(slot.label(), formatSlot(state)));
        return CanonicalJson.format(
                new JsonObject(Map.of("index", JsonNumber.of(index), "slots", new JsonObject(members))));
    }

    private static PrivateSlot parseSlot(JsonObject json) {
        if (json.get("sealed") == JsonLiteral.TRUE) {
            return new PrivateSlot.Sealed();
        }
        if (json.get("erased") != null) {
            return new PrivateSlot.Erased(json.integer("erased"));
        }
        return new PrivateSlot.Open(Salt.parse(json.string("salt")), json.object("value"));
    }

    private static JsonObject formatSlot(PrivateSlot slot) {
        if (slot instanceof PrivateSlot.Open open) {
            return new JsonObject(Map.of("salt", new JsonString(open.salt().encode()), "value", open.value()));
        }
        if (slot instanceof PrivateSlot.Erased erased) {
            return new JsonObject(Map.of("erased", JsonNumber.of(erased.erasureIndex())));
        }
        return new JsonObject(Map.of("sealed", JsonLiteral.TRUE));
    }
}
