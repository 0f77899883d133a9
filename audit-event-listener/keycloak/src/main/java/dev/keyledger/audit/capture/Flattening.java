package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns a representation into attributes: {@code {"access":{"manage":true},"mappers":[{"name":"m","type":"t"}]}} into
 * {@code access.manage} and {@code mappers[m].type}. A list of plain values is one attribute. Objects in a list go by
 * their name, alias or id, so that a change of order is no change.
 */
final class Flattening {
    /** A longer text is cut, its length and hash told. */
    static final int MAX_TEXT = 16_384;

    private static final List<String> NAMING = List.of("name", "alias", "clientId", "providerId", "id");

    private Flattening() {}

    static Map<String, JsonValue> flatten(JsonNode representation) {
        Map<String, JsonValue> attributes = new TreeMap<>();
        add(attributes, "", representation);
        return attributes;
    }

    private static void add(Map<String, JsonValue> attributes, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(member -> add(attributes, join(path, member.getKey()), member.getValue()));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainerNode()) {
            Set<String> used = new HashSet<>();
            for (int i = 0; i < node.size(); i++) {
                String name = name(node.get(i), i);
                add(attributes, path + "[" + (used.add(name) ? name : name + "#" + i) + "]", node.get(i));
            }
        } else if (node.isArray()) {
            List<JsonValue> elements = new ArrayList<>();
            node.forEach(element -> elements.add(scalar(element)));
            attributes.put(path, new JsonArray(elements));
        } else if (!node.isNull() && !node.isMissingNode()) {
            attributes.put(path.isEmpty() ? "value" : path, scalar(node));
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String name(JsonNode element, int position) {
        for (String member : NAMING) {
            if (element.path(member).isTextual()) {
                return element.get(member).asText();
            }
        }
        return Integer.toString(position);
    }

    private static JsonValue scalar(JsonNode node) {
        if (node.isBoolean()) {
            return JsonLiteral.of(node.asBoolean());
        }
        if (node.isIntegralNumber() && Math.abs(node.asDouble()) < (1L << 53)) {
            return JsonNumber.of(node.asLong());
        }
        return node.isNull() ? JsonLiteral.NULL : text(node.isContainerNode() ? node.toString() : node.asText());
    }

    /** The same value, nested as it is; secrets within are hidden. */
    static JsonValue toJson(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonValue> members = new TreeMap<>();
            node.properties().forEach(member -> {
                JsonValue value = toJson(member.getValue());
                members.put(member.getKey(), Redaction.redact(member.getKey(), value));
            });
            return new JsonObject(members);
        }
        if (node.isArray()) {
            List<JsonValue> elements = new ArrayList<>();
            node.forEach(element -> elements.add(toJson(element)));
            return new JsonArray(elements);
        }
        return scalar(node);
    }

    /** A text of bounded length. */
    static JsonString text(String text) {
        return bounded(text, MAX_TEXT);
    }

    /** The text, cut to at most {@code max} characters and a remark of how long it was and what the whole hashes to. */
    static JsonString bounded(String text, int max) {
        return JsonString.of(
                text.length() <= max
                        ? text
                        : text.substring(0, max) + "… (" + text.length() + " characters, SHA-256 " + hash(text) + ")");
    }

    /** Lower-case hexadecimal, of the UTF-8 bytes. */
    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
