package dev.keyledger.log.siem;

import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.merkle.LogHasher;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;

/** Entries as a log has them, for the tests of this package. */
final class Entries {
    static final String ID = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
    static final String ORIGIN = "audit.example.com/kc/audit/acme";
    static final long TIME = 1_767_225_600_123L;

    private Entries() {}

    /** An entry with index 42 and these slots: {@code of(..., "actor", "{...}", "target", "{...}")}. */
    static LoggedEntry of(EntryKind kind, boolean success, String operation, String type, String... labelsAndValues) {
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        Map<Slot, JsonObject> slots = new EnumMap<>(Slot.class);
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            Slot slot = Slot.parse(labelsAndValues[i]);
            JsonObject value = JsonReader.parseObject(labelsAndValues[i + 1]);
            slots.put(slot, value);
            commitments.put(
                    slot, Commitment.of(ORIGIN, ID, new Disclosure(slot, Salt.random(new SecureRandom()), value)));
        }
        Entry entry = new Entry(ID, ORIGIN, kind, success, operation, type, TIME, commitments);
        return new LoggedEntry(entry, 42, LogHasher.leaf(entry.leaf()), slots);
    }
}
