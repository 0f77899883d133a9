package dev.keyledger.log.json;

import dev.keyledger.log.FormatException;

/**
 * A JSON string.
 *
 * @param value well-formed UTF-16: a surrogate without its partner has no UTF-8 form and is refused
 */
public record JsonString(String value) implements JsonValue {
    public JsonString {
        checkUnicode(value);
    }

    /** Makes a string from text of unknown quality: each lone surrogate becomes U+FFFD. */
    public static JsonString of(String text) {
        int lone = loneSurrogate(text);
        if (lone < 0) {
            return new JsonString(text);
        }
        StringBuilder repaired = new StringBuilder(text);
        while (lone >= 0) {
            repaired.setCharAt(lone, '\ufffd');
            lone = loneSurrogate(repaired);
        }
        return new JsonString(repaired.toString());
    }

    static void checkUnicode(String text) {
        if (loneSurrogate(text) >= 0) {
            throw new FormatException("string has a lone surrogate: " + FormatException.quote(text));
        }
    }

    private static int loneSurrogate(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
