package dev.keyledger.audit.admin;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON object that a request brings; what it must not be like is a 400 that says so. */
record RequestBody(JsonObject json) {
    /** Parses a body that has no other members than these. */
    static RequestBody parse(@Nullable String body, String... members) {
        JsonObject json;
        try {
            json = JsonReader.parseObject(body == null ? "" : body);
        } catch (FormatException e) {
            throw BadRequest.error(400, "invalid_request", "body is no JSON object: " + e.getMessage());
        }
        Set<String> known = Set.of(members);
        json.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw BadRequest.parameter(name, "given", "none of this name");
                });
        return new RequestBody(json);
    }

    /** A text of 1 to {@code max} characters; null when it is not there. */
    @Nullable
    String text(String name, int max) {
        JsonValue value = json.get(name);
        if (value == null || value == JsonLiteral.NULL) {
            return null;
        }
        if (value instanceof JsonString text
                && !text.value().isBlank()
                && text.value().strip().length() <= max) {
            return text.value().strip();
        }
        throw BadRequest.error(
                400, "invalid_request", name + " is empty, no text, or of more than " + max + " characters");
    }

    /** The same, of a member that must be there; {@code why} says what for. */
    String required(String name, int max, String why) {
        String text = text(name, max);
        if (text == null) {
            throw BadRequest.error(400, "invalid_request", name + " is missing: " + why);
        }
        return text;
    }

    /** A moment, epoch milliseconds or an ISO 8601 time, of a day its end; null when it is not there. */
    @Nullable
    Long moment(String name) {
        JsonValue value = json.get(name);
        if (value == null || value == JsonLiteral.NULL) {
            return null;
        }
        if (value instanceof JsonString text) {
            return EntryParameters.behind(name, text.value());
        }
        if (value instanceof JsonNumber number) {
            return EntryParameters.behind(name, number.format());
        }
        throw BadRequest.error(400, "invalid_request", name + " is neither a time nor milliseconds");
    }
}
