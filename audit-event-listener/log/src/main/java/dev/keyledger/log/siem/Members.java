package dev.keyledger.log.siem;

import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds an object from members of which some are not known: those are left out. */
final class Members {
    private final Map<String, JsonValue> members = new TreeMap<>();

    Members with(String name, @Nullable String text) {
        if (text != null) {
            members.put(name, JsonString.of(text));
        }
        return this;
    }

    Members with(String name, long number) {
        members.put(name, JsonNumber.of(number));
        return this;
    }

    Members with(String name, @Nullable JsonValue value) {
        if (value != null
                && !(value instanceof JsonObject object && object.members().isEmpty())) {
            members.put(name, value);
        }
        return this;
    }

    Members with(String name, Members value) {
        return with(name, value.json());
    }

    JsonObject json() {
        return new JsonObject(members);
    }
}
