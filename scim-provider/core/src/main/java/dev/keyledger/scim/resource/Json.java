package dev.keyledger.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Questions to JSON trees that SCIM asks and Jackson does not answer: names in any case, "unassigned", canonical text. */
public final class Json {
    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The spelling under which the object holds that name in any case, or null if it does not. */
    public static @Nullable String key(ObjectNode object, String name) {
        if (object.has(name)) {
            return name;
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String candidate = names.next();
            if (candidate.equalsIgnoreCase(name)) {
                return candidate;
            }
        }
        return null;
    }

    /** The member of that name in any case, or null. */
    public static @Nullable JsonNode get(ObjectNode object, String name) {
        String key = key(object, name);
        return key == null ? null : object.get(key);
    }

    /** Whether SCIM sees no value here: absent, null, or an array or object without content. RFC 7643 section 2.5. */
    public static boolean isUnassigned(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
    }

    /** Whether a database keeps the text as it is: no NUL, no half of a surrogate pair. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !paired)) {
                return false;
            }
            i += paired ? 1 : 0;
        }
        return true;
    }

    /** The JSON text of the value with object members sorted by name: equal content gives equal text. */
    public static String canonical(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                sorted.put(member.getKey(), member.getValue());
            }
            String separator = "{";
            for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
                text.append(separator)
                        .append(JsonNodeFactory.instance.textNode(member.getKey()))
                        .append(':');
                write(member.getValue(), text);
                separator = ",";
            }
            text.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode element : value) {
                text.append(separator);
                write(element, text);
                separator = ",";
            }
            text.append(value.isEmpty() ? "[]" : "]");
        } else {
            text.append(value);
        }
    }
}
