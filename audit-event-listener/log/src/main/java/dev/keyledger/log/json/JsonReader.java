package dev.keyledger.log.json;

import dev.keyledger.log.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text, RFC 8259, and nothing beside it: no comments, no duplicate names, no lone surrogates, no numbers
 * beyond a double, at most 64 levels deep. The caller bounds the length.
 */
public final class JsonReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 400;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Parses a text. */
    public static JsonValue parse(String text) {
        JsonReader reader = new JsonReader(text);
        reader.skipSpace();
        JsonValue value = reader.value(0);
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    /** Parses the bytes of a text, which must be UTF-8, no more than {@code maxBytes}. */
    public static JsonValue parse(byte[] bytes, int maxBytes) {
        if (bytes.length > maxBytes) {
            throw new FormatException("JSON text has " + bytes.length + " bytes, want at most " + maxBytes);
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FormatException("JSON text is not UTF-8", e);
        }
    }

    /** Parses a text that must be an object. */
    public static JsonObject parseObject(String text) {
        return object(parse(text));
    }

    /** Parses bytes that must be the UTF-8 of an object, no more than {@code maxBytes}. */
    public static JsonObject parseObject(byte[] bytes, int maxBytes) {
        return object(parse(bytes, maxBytes));
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new FormatException("JSON text is not an object");
    }

    private JsonValue value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new FormatException("JSON text is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (peek()) {
            case '{' -> readObject(depth);
            case '[' -> readArray(depth);
            case '"' -> new JsonString(readString());
            case 't' -> literal(JsonLiteral.TRUE);
            case 'f' -> literal(JsonLiteral.FALSE);
            case 'n' -> literal(JsonLiteral.NULL);
            default -> number();
        };
    }

    private JsonObject readObject(int depth) {
        Map<String, JsonValue> members = new HashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        while (true) {
            skipSpace();
            int start = at;
            String name = readString();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.put(name, value(depth + 1)) != null) {
                throw new FormatException(
                        "JSON member " + FormatException.quote(name) + " occurs twice (offset " + start + ")");
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return new JsonObject(members);
            }
            expect(',');
        }
    }

    private JsonArray readArray(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(elements);
        }
        while (true) {
            skipSpace();
            elements.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new JsonArray(elements);
            }
            expect(',');
        }
    }

    private String readString() {
        expect('"');
        int start = at;
        int end = at;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\' && text.charAt(end) >= ' ') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            at = end + 1;
            return text.substring(start, end);
        }
        StringBuilder value = new StringBuilder(text.substring(start, end));
        at = end;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a character of a string");
            }
            at++;
            value.append(c == '\\' ? escape() : c);
        }
        at++;
        return value.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw unexpected("an escape");
            }
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw unexpected("a hexadecimal digit");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private JsonLiteral literal(JsonLiteral literal) {
        if (!text.startsWith(literal.text(), at)) {
            throw unexpected("a value");
        }
        at += literal.text().length();
        return literal;
    }

    private JsonNumber number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (at - start > MAX_NUMBER) {
            throw new FormatException("JSON number has " + (at - start) + " characters, want at most " + MAX_NUMBER);
        }
        return new JsonNumber(Double.parseDouble(text.substring(start, at)));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected("a value");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new FormatException("JSON text is cut off at offset " + at);
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private FormatException unexpected(String want) {
        String got = at < text.length() ? FormatException.quote(text.substring(at, at + 1)) : "the end";
        return new FormatException("JSON text has " + got + " at offset " + at + ", want " + want);
    }
}
