package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What changed, without secrets: the changed attributes before and after.
 *
 * @param before null when there was nothing before, or nothing is known of it
 * @param after null when nothing is left, or nothing is known of it
 */
record Change(
        @Nullable Map<String, JsonValue> before, @Nullable Map<String, JsonValue> after) {
    private static final String ORDERED = "webAuthnPolicy.*SignatureAlgorithms";

    /** No attribute is known to have changed. */
    static final Change NONE = new Change(null, null);

    /** Compares two states of one thing and keeps what differs. */
    static Change between(@Nullable Map<String, JsonValue> before, @Nullable Map<String, JsonValue> after) {
        if (before == null || after == null) {
            return new Change(redacted(before), redacted(after));
        }
        Map<String, JsonValue> was = new TreeMap<>();
        Map<String, JsonValue> is = new TreeMap<>();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            JsonValue old = before.get(name);
            JsonValue now = after.get(name);
            if (same(name, old, now)) {
                continue;
            }
            if (old != null) {
                was.put(name, Redaction.redact(name, old));
            }
            if (now != null) {
                boolean changedSecret = old != null && Redaction.isSecret(name, now);
                is.put(name, changedSecret ? Redaction.CHANGED : Redaction.redact(name, now));
            }
        }
        return new Change(was, is);
    }

    /** The value of the change slot; null when there is nothing to say. */
    @Nullable
    JsonObject toJson(Map<String, JsonValue> details, @Nullable String error) {
        if (before == null && after == null && details.isEmpty() && error == null) {
            return null;
        }
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("before", before == null ? JsonLiteral.NULL : new JsonObject(before));
        json.put("after", after == null ? JsonLiteral.NULL : new JsonObject(after));
        if (!details.isEmpty()) {
            json.put("details", new JsonObject(details));
        }
        if (error != null) {
            json.put("error", JsonString.of(error));
        }
        return new JsonObject(json);
    }

    /** Whether there is no attribute to tell of. */
    boolean isEmpty() {
        return (before == null || before.isEmpty()) && (after == null || after.isEmpty());
    }

    /** Lists are sets to Keycloak, and come in any order, but for those that say what is preferred. */
    private static boolean same(String name, @Nullable JsonValue old, @Nullable JsonValue now) {
        if (old instanceof JsonArray was && now instanceof JsonArray is && !name.matches(ORDERED)) {
            return was.elements().size() == is.elements().size() && counts(was).equals(counts(is));
        }
        return Objects.equals(old, now);
    }

    private static Map<JsonValue, Long> counts(JsonArray array) {
        return array.elements().stream().collect(Collectors.groupingBy(element -> element, Collectors.counting()));
    }

    private static @Nullable Map<String, JsonValue> redacted(@Nullable Map<String, JsonValue> attributes) {
        if (attributes == null) {
            return null;
        }
        Map<String, JsonValue> redacted = new TreeMap<>();
        attributes.forEach((name, value) -> redacted.put(name, Redaction.redact(name, value)));
        return redacted;
    }
}
