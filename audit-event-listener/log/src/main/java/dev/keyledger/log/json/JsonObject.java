package dev.keyledger.log.json;

import dev.keyledger.log.FormatException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object.
 *
 * @param members by name, in the order of UTF-16 code units (RFC 8785 section 3.2.3)
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
        members.keySet().forEach(JsonString::checkUnicode);
        members = Collections.unmodifiableMap(new TreeMap<>(members));
    }

    /** Returns the member, or null when there is none. */
    public @Nullable JsonValue get(String name) {
        return members.get(name);
    }

    /** Returns the text of a member that must be a string. */
    public String string(String name) {
        if (members.get(name) instanceof JsonString string) {
            return string.value();
        }
        throw new FormatException("member " + FormatException.quote(name) + " is not a string");
    }

    /** Returns the value of a member that must be an integer within {@code ±(2^53 - 1)}. */
    public long integer(String name) {
        if (members.get(name) instanceof JsonNumber number) {
            return number.integer();
        }
        throw new FormatException("member " + FormatException.quote(name) + " is not a number");
    }

    /** Returns a member that must be an object. */
    public JsonObject object(String name) {
        if (members.get(name) instanceof JsonObject object) {
            return object;
        }
        throw new FormatException("member " + FormatException.quote(name) + " is not an object");
    }
}
