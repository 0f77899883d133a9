package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.LogHasher;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of entries. What is told comes from the leaf and the opened slots, never from the search columns. */
final class EntryJson {
    private EntryJson() {}

    /** The line of a list. */
    static Map<String, JsonValue> summary(FoundEntry entry, Map<Slot, Disclosure> slots) {
        JsonObject leaf = JsonReader.parseObject(entry.leaf());
        Long index = entry.index();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("id", new JsonString(entry.id()));
        json.put("index", index == null ? JsonLiteral.NULL : JsonNumber.of(index));
        json.put("state", new JsonString(index == null ? "staged" : "sealed"));
        json.put("time", member(leaf, "t"));
        json.put("kind", member(leaf, "k"));
        json.put("operation", member(leaf, "op"));
        json.put("resourceType", member(leaf, "res"));
        json.put("outcome", new JsonString(leaf.get("ok") == JsonLiteral.FALSE ? "failure" : "success"));
        json.put("actor", value(slots, Slot.ACTOR));
        json.put("target", value(slots, Slot.TARGET));
        json.put("ip", value(slots, Slot.NET) instanceof JsonObject net ? member(net, "ip") : JsonLiteral.NULL);
        json.put(
                "error",
                value(slots, Slot.CHANGE) instanceof JsonObject change ? member(change, "error") : JsonLiteral.NULL);
        return json;
    }

    /** The line of a history: with what changed. */
    static Map<String, JsonValue> change(FoundEntry entry, Map<Slot, Disclosure> slots) {
        Map<String, JsonValue> json = summary(entry, slots);
        json.put("change", value(slots, Slot.CHANGE));
        return json;
    }

    /** The line of an export: all but the salts. */
    static Map<String, JsonValue> export(FoundEntry entry, Map<Slot, Disclosure> slots) {
        Map<String, JsonValue> json = change(entry, slots);
        json.put("net", value(slots, Slot.NET));
        json.put(
                "leafHash",
                new JsonString(LogHasher.leaf(entry.leaf().getBytes(StandardCharsets.UTF_8))
                        .toBase64()));
        json.remove("state");
        return json;
    }

    /** Everything about one entry but its proof. */
    static Map<String, JsonValue> detail(
            FoundEntry entry, Map<Slot, Disclosure> slots, Map<Slot, @Nullable Long> erased) {
        Map<String, JsonValue> json = summary(entry, slots);
        byte[] leaf = entry.leaf().getBytes(StandardCharsets.UTF_8);
        json.put("leaf", new JsonString(Base64.getEncoder().encodeToString(leaf)));
        json.put("leafHash", new JsonString(LogHasher.leaf(leaf).toBase64()));
        // A slot whose row or key is gone or garbled is left out: the leaf still commits to it, so whoever verifies
        // sees that it is missing. As erased passes only what an erasure lists.
        Map<String, JsonValue> states = new TreeMap<>();
        slots.forEach((slot, disclosure) -> states.put(slot.label(), open(disclosure)));
        erased.forEach((slot, by) -> states.put(
                slot.label(),
                new JsonObject(Map.of(
                        "state", new JsonString("erased"), "by", by == null ? JsonLiteral.NULL : JsonNumber.of(by)))));
        json.put("slots", new JsonObject(states));
        return json;
    }

    /** Of each erased slot the index of the entry that says so. */
    static JsonObject erased(Map<Slot, @Nullable Long> slots) {
        Map<String, JsonValue> json = new TreeMap<>();
        slots.forEach((slot, by) -> json.put(slot.label(), by == null ? JsonLiteral.NULL : JsonNumber.of(by)));
        return new JsonObject(json);
    }

    private static JsonObject open(Disclosure slot) {
        return new JsonObject(Map.of(
                "state", new JsonString("open"),
                "salt", new JsonString(slot.salt().encode()),
                "value", slot.value()));
    }

    static JsonValue value(Map<Slot, Disclosure> slots, Slot slot) {
        Disclosure disclosure = slots.get(slot);
        return disclosure == null ? JsonLiteral.NULL : disclosure.value();
    }

    private static JsonValue member(JsonObject json, String name) {
        @Nullable JsonValue value = json.get(name);
        return value == null ? JsonLiteral.NULL : value;
    }
}
