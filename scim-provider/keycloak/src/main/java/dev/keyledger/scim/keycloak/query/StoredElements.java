package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the values of a complex multi-valued attribute are kept as values of one Keycloak attribute: each as a JSON object.
 *
 * <pre>{"@":0,"type":"work","primary":true,"value":"+49 30 1234"}</pre>
 *
 * <p>The member {@code @} is the value's position, because Keycloak promises no order among an attribute's values. The other
 * members stand in the schema's order and under its spelling, {@code value} last; {@link ElementPatterns} relies on that. A
 * value that is no such object, for example one that an administrator typed in, reads as {@code {"value": text}} behind the
 * others, so nothing that was ever stored makes a user unreadable. One that is too long for a Keycloak attribute is several
 * ({@link LongElements}).
 */
public final class StoredElements {
    /** The member that holds the position. */
    static final String POSITION = "@";

    private static final String VALUE = "value";
    private static final ObjectReader READER = JsonMapper.builder().build().readerFor(JsonNode.class);

    private StoredElements() {}

    /** The texts that keep these values, in any order. Members that the attribute does not define are kept too, before {@code value}. */
    public static List<String> encode(AttributeDefinition attribute, List<ObjectNode> elements) {
        List<String> texts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            texts.addAll(LongElements.split(arranged(attribute, i, elements.get(i)), ObjectNode::toString));
        }
        return texts;
    }

    private static ObjectNode arranged(AttributeDefinition attribute, int position, ObjectNode element) {
        ObjectNode stored = Json.object().put(POSITION, position);
        ObjectNode rest = element.deepCopy();
        for (AttributeDefinition part : attribute.subAttributes()) {
            String key = Json.key(rest, part.name());
            if (key != null && !part.name().equals(VALUE)) {
                JsonNode value = rest.remove(key);
                if (!Json.isUnassigned(value)) {
                    stored.set(part.name(), value);
                }
            }
        }
        String valueKey = Json.key(rest, VALUE);
        JsonNode value = valueKey == null ? null : rest.remove(valueKey);
        stored.setAll(rest);
        if (value != null && !Json.isUnassigned(value)) {
            stored.set(VALUE, value);
        }
        return stored;
    }

    /** The values that these texts keep, in their order. */
    public static List<ObjectNode> decode(List<String> texts) {
        List<ObjectNode> elements = new ArrayList<>(texts.size());
        for (String text : texts) {
            elements.add(decode(text));
        }
        LongElements.join(elements);
        elements.sort(Comparator.comparingInt(element ->
                element.path(POSITION).isInt() ? element.path(POSITION).intValue() : Integer.MAX_VALUE));
        elements.forEach(element -> element.remove(POSITION));
        return elements;
    }

    private static ObjectNode decode(String text) {
        if (text.startsWith("{")) {
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
