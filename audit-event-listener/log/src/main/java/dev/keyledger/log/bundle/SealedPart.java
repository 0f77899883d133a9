package dev.keyledger.log.bundle;

import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import java.util.Map;

/**
 * The private part of one slot as the log stores it: encrypted under a key that is not in the archive. When that key is
 * deleted, the slot is erased in every copy of every archive.
 *
 * <pre>
 * {"data":"wJx...=","index":7,"slot":"actor","subject":"Yq3..."}
 * </pre>
 *
 * @param subject the reference to the person or thing whose key opens it
 * @param data base64
 */
public record SealedPart(long index, Slot slot, String subject, String data) {
    /** The line without its newline, canonical JSON. */
    public String format() {
        return CanonicalJson.format(new JsonObject(Map.of(
                "index", JsonNumber.of(index),
                "slot", new JsonString(slot.label()),
                "subject", new JsonString(subject),
                "data", new JsonString(data))));
    }
}
