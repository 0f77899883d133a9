package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The private part of an entry between capture and sealing, and the row that holds it: {@code
 * {"actor":{"salt":"...","value":{...}},...}}, encrypted with the stage key and bound to the entry's id.
 *
 * @param slots what opens the leaf's commitments
 */
public record StagedParts(Map<Slot, Disclosure> slots) {
    /** 16 MiB: four slots of the largest size that capture lets through, with room. */
    private static final int MAX_BYTES = 16 << 20;

    public StagedParts {
        EnumMap<Slot, Disclosure> bySlot = new EnumMap<>(Slot.class);
        bySlot.putAll(slots);
        slots = bySlot;
    }

    /** Makes the row to be stored in the transaction of the change. */
    public StageEntity toRow(String logId, Entry entry, KeyRing keys) {
        StageEntity row = new StageEntity();
        row.id = entry.id();
        row.logId = logId;
        row.eventTime = entry.time();
        row.leaf = new String(entry.leaf(), StandardCharsets.US_ASCII);
        row.privatePart = seal(keys, row.id);
        row.mac = keys.captureCode(row.id, logId, row.leaf, row.privatePart);
        return row;
    }

    /** Encrypts the parts for the row with this id. */
    String seal(KeyRing keys, String id) {
        return keys.sealStaged(CanonicalJson.encode(toJson()), id);
    }

    /** Opens a row; throws when this server did not make it, or not like this. */
    public static StagedParts of(StageEntity row, KeyRing keys) throws KeyException {
        if (!keys.isCaptured(row.mac, row.id, row.logId, row.leaf, row.privatePart)) {
            throw new KeyException("staged row " + row.id + " does not bear this server's code");
        }
        byte[] plain = keys.openStaged(row.privatePart, row.id);
        try {
            return parse(JsonReader.parseObject(plain, MAX_BYTES));
        } catch (FormatException e) {
            throw new KeyException("staged row " + row.id + " has a private part of another form", e);
        }
    }

    /**
     * The leaf as it is in another log: the same entry with the same salts, committed to under that log's origin. For
     * what was captured for an epoch that was frozen before it was sealed; nobody has been shown the leaf yet.
     */
    byte[] leafFor(String origin, byte[] leaf) throws KeyException {
        Entry entry;
        try {
            entry = Entry.parse(leaf);
        } catch (FormatException e) {
            throw new KeyException("a staged leaf of another version cannot be taken over into " + origin, e);
        }
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        slots.forEach((slot, disclosure) -> commitments.put(slot, Commitment.of(origin, entry.id(), disclosure)));
        return new Entry(
                        entry.id(),
                        origin,
                        entry.kind(),
                        entry.success(),
                        entry.operation(),
                        entry.resourceType(),
                        entry.time(),
                        commitments)
                .leaf();
    }

    static StagedParts parse(JsonObject json) {
        Map<Slot, Disclosure> slots = new EnumMap<>(Slot.class);
        for (String label : json.members().keySet()) {
            JsonObject part = json.object(label);
            Slot slot = Slot.parse(label);
            slots.put(slot, new Disclosure(slot, Salt.parse(part.string("salt")), part.object("value")));
        }
        return new StagedParts(slots);
    }

    JsonObject toJson() {
        Map<String, JsonValue> members = new TreeMap<>();
        slots.forEach((slot, disclosure) -> members.put(slot.label(), toJson(disclosure)));
        return new JsonObject(members);
    }

    /** Salt and value, as they are encrypted in either place. */
    static JsonObject toJson(Disclosure disclosure) {
        return new JsonObject(Map.of("salt", new JsonString(disclosure.salt().encode()), "value", disclosure.value()));
    }
}
