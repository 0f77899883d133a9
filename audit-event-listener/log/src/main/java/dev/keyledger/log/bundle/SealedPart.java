package dev.keyledger.log.bundle;

import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import java.util.Map;

/**
 * The private part of one slot, or of several that are about the same, as the log stores it: encrypted under a key that is not in the archive. When that key is
 * deleted, it is erased in every copy of every archive.
 *
 * <pre>
 * {"data":"wJx...=","index":7,"slot":"actor","subject":"Yq3..."}
 * </pre>
 *
 * @param slot label of the slot; of several their initials
 * @param subject the reference to the person or thing whose key opens it
 * @param data base64
 */
public record SealedPart(long index, String slot, String subject, String data) {
    /** The line without its newline, canonical JSON. */
    public String format() {
        return CanonicalJson.format(new JsonObject(Map.of(
                "index", JsonNumber.of(index),
                "slot", new JsonString(slot),
                "subject", new JsonString(subject),
                "data", new JsonString(data))));
    }
}
