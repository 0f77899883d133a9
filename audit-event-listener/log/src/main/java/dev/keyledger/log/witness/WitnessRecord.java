package dev.keyledger.log.witness;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import java.util.Map;

/**
 * One line of a witness file: {@code {"log":"<id>","note":"<signed checkpoint>","t":<epoch milliseconds>}}.
 *
 * @param realmId of the realm, or {@code _server}
 * @param time when it was written, by the clock of who wrote it
 */
public record WitnessRecord(String realmId, SignedCheckpoint checkpoint, long time) {
    /** Reads a line; throws {@link dev.keyledger.log.FormatException} when it is none. */
    public static WitnessRecord parse(String line) {
        JsonObject json = JsonReader.parseObject(line);
        return new WitnessRecord(json.string("log"), SignedCheckpoint.parse(json.string("note")), json.integer("t"));
    }

    /** The line, without its newline. */
    public String format() {
        return CanonicalJson.format(new JsonObject(Map.of(
                "log", new JsonString(realmId),
                "note", new JsonString(checkpoint.format()),
                "t", JsonNumber.of(time))));
    }

    /** The name of the log that the checkpoint is of: there may be several, one after the other, with the same realm. */
    public String origin() {
        return checkpoint.checkpoint().origin();
    }

    /** Leaves that the checkpoint signs. */
    public long size() {
        return checkpoint.checkpoint().head().size();
    }
}
