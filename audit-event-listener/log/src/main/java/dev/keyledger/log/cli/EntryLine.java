package dev.keyledger.log.cli;

import dev.keyledger.log.bundle.BundleEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One entry as one line: for people, or as JSON. */
final class EntryLine {
    private EntryLine() {}

    /**
     * {@code 12  2026-01-01T00:00:00.012Z  scim  UPDATE USER  ok  "sync" -> "zoe"  [email]  from 192.0.2.10}
     */
    static String text(BundleEntry read) {
        Entry entry = read.entry();
        if (entry == null) {
            return read.index() + "  is damaged: verify says how";
        }
        StringBuilder line = new StringBuilder(String.format(
                "%d  %s  %-6s %s %s  %s",
                read.index(),
                Instant.ofEpochMilli(entry.time()).truncatedTo(ChronoUnit.MILLIS),
                entry.kind().label(),
                entry.operation(),
                entry.resourceType(),
                entry.success() ? "ok" : "FAILED"));
        Set<Slot> slots = entry.commitments().keySet();
        if (slots.contains(Slot.ACTOR)) {
            line.append("  ").append(who(read, Slot.ACTOR));
        }
        if (slots.contains(Slot.TARGET)) {
            line.append(" -> ").append(who(read, Slot.TARGET));
        }
        JsonObject change = EntryFilter.open(read, Slot.CHANGE);
        if (change != null) {
            line.append("  ").append(changed(change));
        } else if (slots.contains(Slot.CHANGE)) {
            line.append("  change ").append(state(read, Slot.CHANGE));
        }
        JsonObject net = EntryFilter.open(read, Slot.NET);
        if (net != null && net.get("ip") instanceof JsonString ip) {
            line.append("  from ").append(ip.value());
        } else if (net == null && slots.contains(Slot.NET)) {
            line.append("  from ").append(state(read, Slot.NET));
        }
        return line.toString();
    }

    /** {@code {"entry":<the leaf>,"index":12,"slots":{...}}}, the slots as in {@code private.jsonl}. */
    static String json(BundleEntry read) {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("index", JsonNumber.of(read.index()));
        Entry entry = read.entry();
        members.put(
                "entry",
                entry == null
                        ? JsonLiteral.NULL
                        : JsonReader.parseObject(new String(entry.leaf(), StandardCharsets.US_ASCII)));
        members.put(
                "slots",
                read.parts() == null
                        ? JsonLiteral.NULL
                        : JsonReader.parseObject(read.parts().format()).object("slots"));
        return CanonicalJson.format(new JsonObject(members));
    }

    /** Why a slot says nothing. */
    private static String state(BundleEntry read, Slot slot) {
        PrivateSlot part = read.parts() == null ? null : read.parts().slots().get(slot);
        if (part instanceof PrivateSlot.Erased erased) {
            return "(ERASED by entry " + erased.erasureIndex() + ")";
        }
        return read.parts() == null || part != null ? "(sealed)" : "(MISSING)";
    }

    private static String who(BundleEntry read, Slot slot) {
        PrivateSlot part = read.parts() == null ? null : read.parts().slots().get(slot);
        if (!(part instanceof PrivateSlot.Open open)) {
            return state(read, slot);
        }
        for (String member : List.of("name", "id", "path", "type")) {
            if (open.value().get(member) instanceof JsonString text) {
                return '"' + text.value() + '"';
            }
        }
        return "(unnamed)";
    }

    /** The names of what differs before and after. */
    private static Set<String> changed(JsonObject change) {
        Set<String> names = new TreeSet<>();
        for (String side : List.of("before", "after")) {
            if (change.get(side) instanceof JsonObject object) {
                names.addAll(object.members().keySet());
            }
        }
        return names;
    }
}
