package dev.keyledger.log.siem;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/**
 * A message for those who follow the log: an OCSF event in the envelope of CloudEvents 1.0, structured mode.
 *
 * <pre>
 * {"data":{...},"datacontenttype":"application/json","dataschema":"https://schema.ocsf.io/1.3.0","id":"0190a1b2-...",
 *  "sequence":"42","source":"//audit.example.com/kc/audit/acme","specversion":"1.0","subject":"USER/77576e8a-...",
 *  "time":"2026-01-01T00:00:00.123Z","type":"audit.admin.update"}
 * </pre>
 *
 * @param id of the message, the same whenever it is sent: an entry's own id, else {@code checkpoint-<size>-<root>}
 * @param type {@code audit.<kind>.<operation>} in lower case, or {@code audit.checkpoint}
 */
public record CloudEvent(String id, String type, JsonObject json) {
    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String CHECKPOINT = "audit.checkpoint";
    private static final int ROOT_PREFIX = 8;

    /** The message of an entry. */
    public static CloudEvent of(LoggedEntry logged) {
        String id = logged.entry().id();
        String type = "audit." + logged.entry().kind().label() + "."
                + logged.entry().operation().toLowerCase(Locale.ROOT);
        String target = logged.text(Slot.TARGET, "id");
        Members envelope = envelope(
                        id, type, logged.entry().origin(), logged.entry().time())
                .with("subject", logged.entry().resourceType() + (target == null ? "" : "/" + target))
                .with("sequence", Long.toString(logged.index()))
                .with("data", Ocsf.of(logged));
        return new CloudEvent(id, type, envelope.json());
    }

    /** The message of a checkpoint that was signed at a time in epoch milliseconds. */
    public static CloudEvent of(SignedCheckpoint signed, long time) {
        long size = signed.checkpoint().head().size();
        // another log of the same size has another root
        String root = signed.checkpoint().head().root().toHex().substring(0, ROOT_PREFIX);
        String id = "checkpoint-" + size + "-" + root;
        Members envelope = envelope(id, CHECKPOINT, signed.checkpoint().origin(), time)
                .with("sequence", Long.toString(size))
                .with("data", Ocsf.of(signed, time));
        return new CloudEvent(id, CHECKPOINT, envelope.json());
    }

    /** The message of an entry whose leaf is not what was written. */
    public static CloudEvent unreadable(String id, String origin, long index, long time) {
        String type = "audit.unreadable";
        return new CloudEvent(
                id,
                type,
                envelope(id, type, origin, time)
                        .with("sequence", Long.toString(index))
                        .with("data", Ocsf.unreadable(origin, index, time))
                        .json());
    }

    private static Members envelope(String id, String type, String origin, long time) {
        return new Members()
                .with("specversion", "1.0")
                .with("id", id)
                // an origin has no scheme: a reference to an authority and a path
                .with("source", "//" + origin)
                .with("type", type)
                .with("time", Instant.ofEpochMilli(time).toString())
                .with("datacontenttype", "application/json")
                .with("dataschema", "https://schema.ocsf.io/" + Ocsf.VERSION);
    }
}
