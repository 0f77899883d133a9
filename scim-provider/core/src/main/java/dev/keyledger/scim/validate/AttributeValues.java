package dev.keyledger.scim.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.DateTime;
import dev.keyledger.scim.schema.Mutability;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of attributes made to fit their definitions; {@code invalidValue} where they cannot. RFC 7643 section 2.3. */
public final class AttributeValues {
    /** The longest text of a value that is not binary, in UTF-16 units. */
    public static final int MAX_TEXT = 65_536;

    private AttributeValues() {}

    /** The value of a whole attribute: an array for a multi-valued one, duplicates dropped; null if it is unassigned. */
    public static @Nullable JsonNode normalise(AttributeDefinition definition, JsonNode sent) {
        if (!definition.multiValued()) {
            return element(definition, sent);
        }
        if (Json.isUnassigned(sent)) {
            return null;
        }
        // by their texts: nodes have no order, and a map of many with one hash, which anybody can send, is slow
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        int primaries = 0;
        for (JsonNode one : sent.isArray() ? sent : Json.array().add(sent)) {
            JsonNode element = element(definition, one);
            if (element == null && isKeyed(definition)) {
                throw ScimException.invalidValue("a value of " + definition.name() + " has no \"value\"");
            }
            if (element != null
                    && elements.putIfAbsent(Json.canonical(element), element) == null
                    && element.path("primary").asBoolean(false)) {
                primaries++;
            }
        }
        if (primaries > 1) {
            throw ScimException.invalidValue(
                    definition.name() + " has " + primaries + " primary values, at most 1 may be");
        }
        ArrayNode array = Json.array();
        array.addAll(elements.values());
        return array.isEmpty() ? null : array;
    }

    /** Whether its values name something, as those of members do: one without a name is a mistake, not nothing. */
    private static boolean isKeyed(AttributeDefinition definition) {
        return definition
                .subAttribute("value")
                .filter(key -> key.mutability() == Mutability.IMMUTABLE)
                .isPresent();
    }

    /** One value of an attribute, multi-valued or not; null if it is unassigned, as an empty text is: Keycloak keeps none. */
    public static @Nullable JsonNode element(AttributeDefinition definition, JsonNode sent) {
        JsonNode value = Dialect.value(definition, sent);
        boolean emptyText =
                value.isTextual() && value.textValue().isEmpty() && definition.type() != AttributeType.BOOLEAN;
        if (Json.isUnassigned(value) || emptyText) {
            return null;
        }
        return switch (definition.type()) {
            case COMPLEX -> complex(definition, value);
            case BOOLEAN -> require(value.isBoolean(), definition, value);
            case INTEGER -> require(value.isIntegralNumber(), definition, value);
            case DECIMAL -> require(value.isNumber(), definition, value);
            case DATE_TIME ->
                require(value.isTextual() && DateTime.parse(value.textValue()).isPresent(), definition, value);
            case BINARY -> require(value.isTextual() && isBase64(value.textValue()), definition, value);
            case REFERENCE -> require(value.isTextual() && isUri(value.textValue()), definition, value);
            case STRING -> text(definition, value);
        };
    }

    /** What a value is, in a word: object, array, string, number, boolean. */
    static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable JsonNode complex(AttributeDefinition definition, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            throw unfit(definition, value);
        }
        requireNamedOnce(object);
        ObjectNode kept = Json.object();
        for (AttributeDefinition sub : definition.subAttributes()) {
            JsonNode sent = Json.get(object, sub.name());
            if (sent == null || sub.mutability() == Mutability.READ_ONLY) {
                continue;
            }
            JsonNode part = normalise(sub, sent);
            if (part != null) {
                kept.set(sub.name(), part);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    /** Names compare without case (RFC 7643 section 2.1), so that {@code value} and {@code Value} are one and it is there twice. */
    static void requireNamedOnce(ObjectNode object) {
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!seen.add(member.getKey().toLowerCase(Locale.ROOT))) {
                throw ScimException.invalidSyntax(ScimException.quoted(member.getKey()) + " is there twice");
            }
        }
    }

    private static JsonNode text(AttributeDefinition definition, JsonNode value) {
        require(value.isTextual(), definition, value);
        if (value.textValue().length() > MAX_TEXT) {
            throw ScimException.invalidValue(definition.name() + " has "
                    + value.textValue().length() + " characters, at most " + MAX_TEXT + " are kept");
        }
        return value;
    }

    private static JsonNode require(boolean fits, AttributeDefinition definition, JsonNode value) {
        if (!fits) {
            throw unfit(definition, value);
        }
        return value;
    }

    private static ScimException unfit(AttributeDefinition definition, JsonNode value) {
        boolean hidden = definition.mutability() == Mutability.WRITE_ONLY;
        String got = hidden || value.isContainerNode() ? kind(value) : ScimException.quoted(value.asText());
        return ScimException.invalidValue(
                definition.name() + " has to be " + definition.type().keyword() + ", got " + got);
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/')).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Leniently: what has no space and no control character may be a URI reference, and clients send no better. */
    private static boolean isUri(String text) {
        return !text.isEmpty() && text.length() <= MAX_TEXT && text.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }
}
