package dev.keyledger.audit.capture;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.StagedParts;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.LogHasher;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the staged row of a finished draft: salts, commitments, leaf, encrypted private part, code. Thread-safe. */
public final class EntryFactory {
    /** Most bytes of one slot; a larger one is replaced by its length and hash. */
    static final int MAX_SLOT = 256 << 10;

    private static final int MAX_WORD = 100;

    private final LogDirectory directory;
    private final KeyRing keys;
    private final SecureRandom random;

    public EntryFactory(LogDirectory directory, KeyRing keys, SecureRandom random) {
        this.directory = directory;
        this.keys = keys;
        this.random = random;
    }

    StageEntity row(String id, Draft draft) {
        String logId = directory.current(draft.realmId());
        return row(id, draft, logId, directory.origin(logId));
    }

    /** Makes the row for a log that may not be committed yet. */
    StageEntity row(String id, Draft draft, String logId, String origin) {
        Target target = draft.target();
        Map<Slot, Disclosure> slots = new EnumMap<>(Slot.class);
        put(slots, Slot.ACTOR, draft.actor());
        put(slots, Slot.TARGET, target == null ? null : Slots.target(target));
        put(slots, Slot.CHANGE, draft.change().toJson(draft.details(), draft.error()));
        put(slots, Slot.NET, draft.net());
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        slots.forEach((slot, disclosure) -> commitments.put(slot, Commitment.of(origin, id, disclosure)));
        Entry entry = new Entry(
                id,
                origin,
                draft.kind(),
                draft.success(),
                word(draft.operation()),
                word(draft.resourceType()),
                draft.time(),
                commitments);
        return new StagedParts(slots).toRow(logId, entry, keys);
    }

    private void put(Map<Slot, Disclosure> slots, Slot slot, @Nullable JsonObject value) {
        if (value != null) {
            slots.put(slot, new Disclosure(slot, Salt.random(random), bounded(value)));
        }
    }

    private static JsonObject bounded(JsonObject value) {
        byte[] bytes = CanonicalJson.encode(value);
        if (bytes.length <= MAX_SLOT) {
            return value;
        }
        return new JsonObject(Map.of(
                "truncated",
                JsonLiteral.TRUE,
                "bytes",
                JsonNumber.of(bytes.length),
                "leafHash",
                new JsonString(LogHasher.leaf(bytes).toBase64())));
    }

    /** Resource types may be any text that an extension chose; the leaf takes printable ASCII. */
    private static String word(String text) {
        String ascii = text.replaceAll("[^!-~]|[\"\\\\]", "_");
        return ascii.isEmpty() ? "_" : ascii.substring(0, Math.min(MAX_WORD, ascii.length()));
    }
}
