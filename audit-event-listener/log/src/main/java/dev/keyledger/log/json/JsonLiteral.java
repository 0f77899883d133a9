package dev.keyledger.log.json;

/** One of the three literal names of JSON. */
public enum JsonLiteral implements JsonValue {
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String text;

    JsonLiteral(String text) {
        this.text = text;
    }

    /** Returns the literal of a truth value. */
    public static JsonLiteral of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The spelling in JSON. */
    public String text() {
        return text;
    }
}
