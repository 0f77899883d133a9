package dev.keyledger.log.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * The one canonical text of a JSON value, RFC 8785: no white space, members sorted, shortest escapes, ECMAScript
 * numbers.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    public static String format(JsonValue value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    /** The canonical text in UTF-8. */
    public static byte[] encode(JsonValue value) {
        return format(value).getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, JsonValue value) {
        if (value instanceof JsonObject object) {
            appendObject(text, object);
        } else if (value instanceof JsonArray array) {
            appendArray(text, array);
        } else if (value instanceof JsonString string) {
            appendString(text, string.value());
        } else if (value instanceof JsonNumber number) {
            text.append(number.format());
        } else if (value instanceof JsonLiteral literal) {
            text.append(literal.text());
        }
    }

    private static void appendObject(StringBuilder text, JsonObject object) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            text.append(separator);
            appendString(text, member.getKey());
            text.append(':');
            append(text, member.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private static void appendArray(StringBuilder text, JsonArray array) {
        text.append('[');
        String separator = "";
        for (JsonValue element : array.elements()) {
            text.append(separator);
            append(text, element);
            separator = ",";
        }
        text.append(']');
    }

    private static void appendString(StringBuilder text, String value) {
        text.append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            value.chars().forEach(c -> appendEscaped(text, (char) c));
        }
        text.append('"');
    }

    /** Whether nothing in it is escaped: most texts are copied as they are. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void appendEscaped(StringBuilder text, char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < ' ') {
                    text.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
