package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.validate.AttributeValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one multi-valued attribute while an operation works on them. */
final class MultiValue {
    private final ObjectNode holder;
    private final AttributeDefinition attribute;
    private final @Nullable AttributeDefinition part;
    private final PatchPath target;
    private final ArrayNode old;
    private final @Nullable JsonNode oldPrimary;
    private final Map<String, Map<String, Integer>> places = new HashMap<>();
    private ArrayNode now = Json.array();
    private boolean selected;

    MultiValue(ObjectNode holder, PatchPath target) {
        this.holder = holder;
        this.target = target;
        this.attribute = target.path().attribute();
        this.part = target.path().subAttribute();
        JsonNode value = holder.get(attribute.name());
        this.old = value instanceof ArrayNode array ? array : Json.array();
        int primary = primary(old, -1);
        this.oldPrimary = primary < 0 ? null : old.get(primary).deepCopy();
    }

    void set(JsonNode sent, boolean add) {
        if (target.filter() == null && part == null) {
            JsonNode value = AttributeValues.normalise(attribute, sent);
            now = add ? old : now;
            if (value != null) {
                indexPlaces();
                value.forEach(this::addElement);
            } else if (!add && attribute.required()) {
                throw ScimException.mutability(target.path() + " is required and cannot be removed");
            }
        } else {
            // the value of each element that is named is one, also when it comes as a list
            boolean listOfOne = part == null && sent.isArray() && sent.size() == 1;
            setSelected(listOfOne ? sent.get(0) : sent, add);
        }
        store();
    }

    void remove() {
        for (JsonNode element : old) {
            if (!selects(element)) {
                now.add(element);
            } else if (part != null && element instanceof ObjectNode object) {
                refuseImmutable(object, part, null);
                ObjectNode rest = object.deepCopy();
                rest.remove(part.name());
                addUnlessEmpty(rest);
            }
        }
        if (!selected && target.filter() != null) {
            throw ScimException.noTarget("no value of " + target.path().parent() + " matches " + target);
        }
        store();
    }

    private void setSelected(JsonNode sent, boolean add) {
        AttributeDefinition definition = part == null ? attribute : part;
        JsonNode value =
                part == null ? AttributeValues.element(attribute, sent) : AttributeValues.normalise(part, sent);
        if (value == null) {
            remove();
            return;
        }
        // a bare text says one part of the value, not all of it
        boolean merges = add || !sent.isContainerNode();
        for (JsonNode element : old) {
            now.add(selects(element) ? changed(element, value, merges) : element);
        }
        if (!selected) {
            ObjectNode seed = add || target.filter() == null ? FilterSeed.of(target.filter()) : null;
            if (seed == null || !attribute.isComplex()) {
                throw ScimException.noTarget("no value of " + target.path().parent() + " matches " + target);
            }
            merge(seed, attribute, part == null ? (ObjectNode) value : single(definition, value));
            now.add(seed);
        }
    }

    private JsonNode changed(JsonNode element, JsonNode value, boolean add) {
        if (!(element instanceof ObjectNode object)) {
            return value;
        }
        if (part == null && !add) {
            attribute.subAttributes().forEach(sub -> refuseImmutable(object, sub, value.get(sub.name())));
            return value;
        }
        ObjectNode copy = object.deepCopy();
        merge(copy, attribute, part == null ? (ObjectNode) value : single(part, value));
        return copy;
    }

    /**
     * By {@code value} and {@code type}, so that adding many values to many costs no more than there are. By their texts, because
     * nodes have no order: a map of many with the same hash, which anybody can send, is slow.
     */
    private void indexPlaces() {
        for (int i = 0; i < now.size(); i++) {
            placesOf(now.get(i)).putIfAbsent(type(now.get(i)), i);
        }
    }

    private Map<String, Integer> placesOf(JsonNode element) {
        JsonNode value = element.path("value");
        return places.computeIfAbsent(
                Json.canonical(value.isMissingNode() ? element : value), key -> new LinkedHashMap<>());
    }

    private static String type(JsonNode element) {
        return element.path("type").asText();
    }

    /** A value that is there already, with the same type or where one of both has none, is completed. */
    private void addElement(JsonNode element) {
        Map<String, Integer> known = placesOf(element);
        String type = type(element);
        Integer untyped = known.get("");
        Integer place = known.getOrDefault(type, untyped);
        if (type.isEmpty() && !known.isEmpty()) {
            place = known.values().iterator().next();
        }
        if (place == null) {
            known.put(type, now.size());
            now.add(element);
        } else if (now.get(place) instanceof ObjectNode present && element instanceof ObjectNode added) {
            merge(present, attribute, added);
            known.putIfAbsent(type, place);
        }
    }

    private boolean selects(JsonNode element) {
        boolean matches = target.filter() == null || target.filter().matchesElement(element);
        selected |= matches;
        return matches;
    }

    private void addUnlessEmpty(ObjectNode element) {
        if (!element.isEmpty()) {
            now.add(element);
        }
    }

    private void store() {
        keepOnePrimary();
        if (now.isEmpty()) {
            holder.remove(attribute.name());
        } else {
            holder.set(attribute.name(), now);
        }
    }

    private void keepOnePrimary() {
        int newest = -1;
        int count = 0;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).path("primary").asBoolean(false)) {
                count++;
                boolean wasPrimary = oldPrimary != null && sameValue(now.get(i), oldPrimary);
                newest = newest < 0 || !wasPrimary ? i : newest;
            }
        }
        for (int i = 0; count > 1 && i < now.size(); i++) {
            if (i != newest
                    && now.get(i) instanceof ObjectNode other
                    && other.path("primary").asBoolean(false)) {
                now.set(i, other.deepCopy().put("primary", false));
            }
        }
    }

    private static boolean sameValue(JsonNode one, JsonNode other) {
        return one.path("value").equals(other.path("value")) && one.path("type").equals(other.path("type"));
    }

    private static int primary(ArrayNode elements, int none) {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).path("primary").asBoolean(false)) {
                return i;
            }
        }
        return none;
    }

    static ObjectNode single(AttributeDefinition part, JsonNode value) {
        ObjectNode object = Json.object();
        object.set(part.name(), value);
        return object;
    }

    static void merge(ObjectNode into, AttributeDefinition attribute, ObjectNode parts) {
        for (AttributeDefinition sub : attribute.subAttributes()) {
            JsonNode value = parts.get(sub.name());
            if (value != null) {
                refuseImmutable(into, sub, value);
                into.set(sub.name(), value);
            }
        }
    }

    static void refuseImmutable(ObjectNode object, AttributeDefinition sub, @Nullable JsonNode value) {
        JsonNode old = object.get(sub.name());
        if (sub.mutability() == Mutability.IMMUTABLE && old != null && !old.equals(value)) {
            throw ScimException.mutability(sub.name() + " is immutable and has a value already");
        }
    }
}
