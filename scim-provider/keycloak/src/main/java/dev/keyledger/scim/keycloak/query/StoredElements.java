package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a complex multi-valued attribute are kept as values of one Keycloak attribute: each as a JSON object.
 *
 * <pre>{"@":0,"type":"work","primary":true,"value":"+49 30 1234"}</pre>
 *
 * <p>The member {@code @} comes first and is the value's position, because Keycloak promises no order among an attribute's
 * values. The other members have the schema's spelling. Quotation marks, backslashes, tabs and line breaks within a text are
 * written as {@code \\u0022} and so on, all other characters as they are, so that SQL can find where a text ends and what it
 * is ({@link StoredElementText}). A value that is no such object, for example one that an administrator typed in, reads as
 * {@code {"value": text}} behind the others and in the order of their texts, so nothing that was ever stored makes a user unreadable. One that is too
 * long for a Keycloak attribute is several ({@link LongElements}).
 */
public final class StoredElements {
    /** How every stored element begins. */
    static final String START = "{\"@\":";

    /** The escapes within a stored text and what they stand for, in an order in which they can be replaced one by one. */
    static final Map<String, String> ESCAPES = escapes();

    /** The member that holds the position. */
    static final String POSITION = "@";

    private static final String VALUE = "value";
    /** As many characters as a Keycloak attribute keeps in its row. */
    private static final int MAX_PLAIN = 255;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build()
            .readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer(new Escapes());

    private StoredElements() {}

    /**
     * The same for an attribute that others than SCIM write and read too: what is nothing but a value is its plain text, if
     * that is short and not taken for an element, and has no position.
     */
    public static List<String> encodeShared(AttributeDefinition attribute, List<ObjectNode> elements) {
        List<ObjectNode> others = new ArrayList<>();
        Set<String> plain = new LinkedHashSet<>();
        for (ObjectNode element : elements) {
            String text = element.size() == 1 && element.path(VALUE).isTextual()
                    ? element.path(VALUE).asText()
                    : "";
            boolean shared = !text.isEmpty() && text.length() <= MAX_PLAIN && !text.startsWith(START);
            if (!shared || !plain.add(text)) {
                others.add(element);
            }
        }
        List<String> texts = new ArrayList<>(encode(attribute, others));
        texts.addAll(plain);
        return texts;
    }

    /** The texts that keep these values, in any order. Members that the attribute does not define are kept too. */
    public static List<String> encode(AttributeDefinition attribute, List<ObjectNode> elements) {
        List<String> texts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            texts.addAll(LongElements.split(arranged(attribute, i, elements.get(i)), StoredElements::text));
        }
        return texts;
    }

    private static ObjectNode arranged(AttributeDefinition attribute, int position, ObjectNode element) {
        ObjectNode stored = Json.object().put(POSITION, position);
        ObjectNode rest = element.deepCopy();
        for (AttributeDefinition part : attribute.subAttributes()) {
            String key = Json.key(rest, part.name());
            if (key != null) {
                JsonNode value = rest.remove(key);
                if (!Json.isUnassigned(value)) {
                    stored.set(part.name(), value);
                }
            }
        }
        stored.setAll(rest);
        return stored;
    }

    private static String text(ObjectNode stored) {
        try {
            return WRITER.writeValueAsString(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** Whether the part is the value itself, which a text that is no stored element is the whole of. */
    static boolean isValue(AttributeDefinition part) {
        return part.name().equals(VALUE);
    }

    /** The values that these texts keep, in their order. */
    public static List<ObjectNode> decode(List<String> texts) {
        List<ObjectNode> elements = new ArrayList<>(texts.size());
        for (String text : texts) {
            elements.add(decode(text));
        }
        LongElements.join(elements);
        elements.sort(Comparator.<ObjectNode>comparingInt(element ->
                        element.path(POSITION).isInt() ? element.path(POSITION).intValue() : Integer.MAX_VALUE)
                .thenComparing(element -> element.path(VALUE).asText()));
        elements.forEach(element -> element.remove(POSITION));
        return elements;
    }

    private static ObjectNode decode(String text) {
        if (text.startsWith(START)) {
            try {
                if (READER.readTree(text) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JsonProcessingException e) {
                return Json.object().put(VALUE, text);
            }
        }
        return Json.object().put(VALUE, text);
    }

    /** The backslash is the last: until it is replaced, one in the text can only be the beginning of an escape. */
    private static Map<String, String> escapes() {
        Map<String, String> escapes = new LinkedHashMap<>();
        for (char c : new char[] {'"', '\t', '\n', '\r', '\\'}) {
            escapes.put(String.format("\\u%04X", (int) c), String.valueOf(c));
        }
        return Collections.unmodifiableMap(escapes);
    }

    /** Writes as escapes what {@link #ESCAPES} has, and NUL, which no database keeps; everything else as it is. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = new int[128];
            codes[0] = ESCAPE_STANDARD;
            ESCAPES.values().forEach(character -> codes[character.charAt(0)] = ESCAPE_STANDARD);
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    /** The objects of a JSON array; what is no object is left out. */
    public static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> objects = new ArrayList<>();
        array.forEach(element -> {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        return objects;
    }

    /** The JSON array of these objects. */
    public static ArrayNode array(List<ObjectNode> elements) {
        return Json.array().addAll(elements);
    }
}
