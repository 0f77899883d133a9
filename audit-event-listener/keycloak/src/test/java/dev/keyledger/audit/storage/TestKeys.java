package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKey;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One server's keys, and staged rows that bear its code. */
public final class TestKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestKeys() {}

    public static KeyRing ring() {
        return new KeyRing(MasterKeys.only(MasterKey.generate(RANDOM)), InstantSource.system(), RANDOM);
    }

    /** The same server after its keys were moved: it has a newer master key as well. */
    public static KeyRing moved(KeyRing before) {
        List<MasterKeys.Generation> generations = new ArrayList<>();
        generations.add(new MasterKeys.Generation(2, MasterKey.generate(RANDOM), Long.MAX_VALUE));
        generations.addAll(before.masters().generations());
        return new KeyRing(new MasterKeys(generations), InstantSource.system(), RANDOM);
    }

    /** A staged row as capture makes it, but with any leaf. */
    public static StageEntity row(KeyRing keys, String logId, String id, byte[] leaf, long time, StagedParts parts) {
        StageEntity row = new StageEntity();
        row.id = id;
        row.logId = logId;
        row.eventTime = time;
        row.leaf = new String(leaf, StandardCharsets.US_ASCII);
        row.privatePart = parts.seal(keys, id);
        row.mac = keys.captureCode(id, logId, row.leaf, row.privatePart);
        return row;
    }

    /** Slots by label and JSON value: {@code parts("actor", "{...}", "target", "{...}")}. */
    public static StagedParts parts(String... labelsAndValues) {
        Map<Slot, Disclosure> slots = new EnumMap<>(Slot.class);
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            Slot slot = Slot.parse(labelsAndValues[i]);
            slots.put(slot, new Disclosure(slot, Salt.random(RANDOM), JsonReader.parseObject(labelsAndValues[i + 1])));
        }
        return new StagedParts(slots);
    }
}
