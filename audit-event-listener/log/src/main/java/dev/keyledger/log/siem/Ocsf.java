package dev.keyledger.log.siem;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries and checkpoints as events of the Open Cybersecurity Schema Framework. What OCSF has no attribute for, the proof
 * above all, is below {@code unmapped}.
 *
 * @see <a href="https://schema.ocsf.io/1.3.0">schema.ocsf.io</a>
 */
public final class Ocsf {
    /** The schema's version. */
    public static final String VERSION = "1.3.0";

    static final int INFORMATIONAL = 1;
    static final int LOW = 2;
    static final int CRITICAL = 5;

    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;
    private static final int USER = 1;
    private static final int SYSTEM = 3;

    private Ocsf() {}

    /** The event of an entry. */
    public static JsonObject of(LoggedEntry logged) {
        Entry entry = logged.entry();
        OcsfType type = OcsfMapping.of(logged);
        Members event = head(type, entry.time(), severity(logged))
                .with("activity_name", type.activity() == OcsfType.OTHER ? entry.operation() : null)
                .with("status_id", entry.success() ? SUCCESS : FAILURE)
                .with("status_detail", error(logged))
                .with(
                        "message",
                        entry.kind().label() + " " + entry.operation() + " " + entry.resourceType()
                                + (entry.success() ? "" : " failed"))
                .with("metadata", metadata(logged))
                .with("actor", actor(logged))
                .with("src_endpoint", new Members().with("ip", logged.text(Slot.NET, "ip")))
                .with("http_request", new Members().with("user_agent", logged.text(Slot.NET, "userAgent")))
                .with("unmapped", unmapped(logged));
        subject(event, type, logged);
        return event.json();
    }

    /**
     * The event of a checkpoint.
     *
     * @param time epoch milliseconds at which it was signed
     */
    public static JsonObject of(SignedCheckpoint signed, long time) {
        Checkpoint checkpoint = signed.checkpoint();
        return head(OcsfType.base(), time, INFORMATIONAL)
                .with("activity_name", "audit.checkpoint")
                .with("message", "the log has " + checkpoint.head().size() + " entries and is signed")
                .with("metadata", product().with("log_name", checkpoint.origin()))
                .with(
                        "unmapped",
                        new Members()
                                .with("log_origin", checkpoint.origin())
                                .with("tree_size", checkpoint.head().size())
                                .with("root_hash", checkpoint.head().root().toBase64())
                                .with("checkpoint", signed.format()))
                .json();
    }

    /** The event of an entry whose leaf is not what was written, which the verification tells of as well. */
    public static JsonObject unreadable(String origin, long index, long time) {
        return head(OcsfType.base(), time, CRITICAL)
                .with("activity_name", "audit.unreadable")
                .with("message", "entry " + index + " of the log is not what was written")
                .with("metadata", product().with("log_name", origin).with("sequence", index))
                .with("unmapped", new Members().with("log_origin", origin).with("log_index", index))
                .json();
    }

    /** OCSF's {@code severity_id}. */
    static int severity(LoggedEntry logged) {
        if (OcsfMapping.of(logged).classUid() == OcsfType.DETECTION_FINDING) {
            return CRITICAL;
        }
        return logged.entry().success() ? INFORMATIONAL : LOW;
    }

    private static Members head(OcsfType type, long time, int severity) {
        return new Members()
                .with("activity_id", type.activity())
                .with("category_uid", type.categoryUid())
                .with("class_uid", type.classUid())
                .with("type_uid", type.typeUid())
                .with("time", time)
                .with("severity_id", severity);
    }

    private static Members product() {
        return new Members()
                .with("version", VERSION)
                .with("product", new Members().with("name", "Keyledger").with("vendor_name", "Keyledger"));
    }

    private static Members metadata(LoggedEntry logged) {
        return product()
                .with("uid", logged.entry().id())
                .with("sequence", logged.index())
                .with("log_name", logged.entry().origin())
                .with("event_code", logged.entry().operation())
                .with("correlation_uid", logged.text(Slot.NET, "requestId"));
    }

    private static Members actor(LoggedEntry logged) {
        return new Members()
                .with("user", person(logged))
                .with("app_name", logged.text(Slot.ACTOR, "client"))
                .with("session", new Members().with("uid", logged.text(Slot.NET, "session")));
    }

    private static Members person(LoggedEntry logged) {
        String type = logged.text(Slot.ACTOR, "type");
        Members person = new Members();
        if (type != null) {
            person.with("type", type).with("type_id", type.equals("user") ? USER : SYSTEM);
        }
        return person.with("name", logged.text(Slot.ACTOR, "name"))
                .with("uid", logged.text(Slot.ACTOR, "id"))
                .with("domain", logged.text(Slot.ACTOR, "realm"));
    }

    /** What the class wants to know of: the user, the group or the entity that it was done to. */
    private static void subject(Members event, OcsfType type, LoggedEntry logged) {
        switch (type.classUid()) {
            case OcsfType.AUTHENTICATION ->
                event.with("user", isAboutAUser(logged) ? target(logged) : person(logged))
                        .with("service", new Members().with("name", logged.text(Slot.ACTOR, "client")));
            case OcsfType.ACCOUNT_CHANGE, OcsfType.USER_ACCESS ->
                event.with("user", isAboutAUser(logged) ? target(logged) : person(logged));
            case OcsfType.GROUP_MANAGEMENT -> group(event, logged);
            case OcsfType.DETECTION_FINDING ->
                event.with(
                        "finding_info",
                        new Members()
                                .with("title", logged.entry().operation())
                                .with("uid", logged.entry().id()));
            case OcsfType.APPLICATION_LIFECYCLE -> event.with("app", new Members().with("name", "Keycloak"));
            default ->
                event.with("entity", target(logged).with("type", logged.entry().resourceType()));
        }
    }

    private static void group(Members event, LoggedEntry logged) {
        if (isAboutAUser(logged)) {
            String path = logged.text(Slot.TARGET, "path");
            String last = path == null ? null : path.substring(path.lastIndexOf('/') + 1);
            event.with("user", target(logged)).with("group", new Members().with("uid", last));
        } else {
            event.with("group", target(logged));
        }
    }

    private static boolean isAboutAUser(LoggedEntry logged) {
        return "USER".equals(logged.text(Slot.TARGET, "type"));
    }

    private static Members target(LoggedEntry logged) {
        return new Members().with("name", logged.text(Slot.TARGET, "name")).with("uid", logged.text(Slot.TARGET, "id"));
    }

    private static @Nullable String error(LoggedEntry logged) {
        return logged.text(Slot.CHANGE, "error");
    }

    private static Members unmapped(LoggedEntry logged) {
        List<Slot> withheld = logged.entry().commitments().keySet().stream()
                .filter(slot -> !logged.slots().containsKey(slot))
                .toList();
        return new Members()
                .with("kind", logged.entry().kind().label())
                .with("operation", logged.entry().operation())
                .with("resource_type", logged.entry().resourceType())
                .with("log_origin", logged.entry().origin())
                .with("log_index", logged.index())
                .with("leaf_hash", logged.leafHash().toBase64())
                .with("impersonator", logged.text(Slot.ACTOR, "impersonator"))
                .with("target_type", logged.text(Slot.TARGET, "type"))
                .with("change", logged.slots().get(Slot.CHANGE))
                .with(
                        "slots_not_told",
                        withheld.isEmpty()
                                ? null
                                : new JsonArray(withheld.stream()
                                        .<JsonValue>map(slot -> new JsonString(slot.label()))
                                        .toList()));
    }
}
