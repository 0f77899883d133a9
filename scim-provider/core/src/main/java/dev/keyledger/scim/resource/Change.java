package dev.keyledger.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request changed, attribute by attribute, for whoever keeps a record of it.
 *
 * <p>Keys are attribute notation: {@code active}, {@code name.givenName}, {@code emails} (a multi-valued attribute is one
 * value), {@code urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department}. Only attributes whose value differs
 * are there; one that had no value is missing in {@link #before}, one that has none now is missing in {@link #after}.
 * {@code schemas} and {@code meta} are left out because they follow from the rest. The value of a writeOnly attribute never
 * enters: setting one shows as {@code "(changed)"} in {@link #after}.
 *
 * @param before the values that were replaced or removed
 * @param after  the values that are there now
 */
public record Change(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    /** What stands for a value that nobody may see. */
    public static final String HIDDEN = "(changed)";

    /** Sorts by notation and freezes. */
    public Change {
        before = Collections.unmodifiableMap(new TreeMap<>(before));
        after = Collections.unmodifiableMap(new TreeMap<>(after));
    }

    /** No change. */
    public static Change none() {
        return new Change(Map.of(), Map.of());
    }

    /** The difference of two states of a resource; null stands for a resource that does not exist. */
    public static Change between(ResourceType type, @Nullable Resource before, @Nullable Resource after) {
        Map<String, JsonNode> old = flatten(type, before);
        Map<String, JsonNode> now = flatten(type, after);
        for (AttributeDefinition attribute : type.attributes()) {
            if (attribute.mutability() == Mutability.WRITE_ONLY) {
                old.remove(attribute.name());
                now.computeIfPresent(attribute.name(), (name, value) -> TextNode.valueOf(HIDDEN));
            }
        }
        Map<String, JsonNode> unchanged = new TreeMap<>(old);
        unchanged.entrySet().removeIf(e -> !e.getValue().equals(now.get(e.getKey())));
        old.keySet().removeAll(unchanged.keySet());
        now.keySet().removeAll(unchanged.keySet());
        return new Change(old, now);
    }

    /** Whether nothing changed. */
    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    /** Whether the attribute of that notation changed, or a part of it. */
    public boolean touches(String notation) {
        return touches(before, notation) || touches(after, notation);
    }

    /** This change and one attribute more; null stands for no value. */
    public Change with(String notation, @Nullable JsonNode old, @Nullable JsonNode now) {
        Map<String, JsonNode> moreBefore = new TreeMap<>(before);
        Map<String, JsonNode> moreAfter = new TreeMap<>(after);
        if (old != null) {
            moreBefore.put(notation, old);
        }
        if (now != null) {
            moreAfter.put(notation, now);
        }
        return new Change(moreBefore, moreAfter);
    }

    /** This change without the attribute of that notation. */
    public Change without(String notation) {
        Map<String, JsonNode> lessBefore = new TreeMap<>(before);
        Map<String, JsonNode> lessAfter = new TreeMap<>(after);
        lessBefore.remove(notation);
        lessAfter.remove(notation);
        return new Change(lessBefore, lessAfter);
    }

    /** {@code {"before":{notation:value,...},"after":{...}}}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        before.forEach(json.putObject("before")::set);
        after.forEach(json.putObject("after")::set);
        return json;
    }

    private static boolean touches(Map<String, JsonNode> side, String notation) {
        return side.containsKey(notation)
                || side.keySet().stream()
                        .anyMatch(key -> key.startsWith(notation + ".") || key.startsWith(notation + ":"));
    }

    private static Map<String, JsonNode> flatten(ResourceType type, @Nullable Resource resource) {
        Map<String, JsonNode> flat = new TreeMap<>();
        if (resource != null) {
            flatten("", type.attributes(), resource.view(), flat);
            flat.keySet().removeIf(key -> key.equals("schemas") || key.startsWith("meta."));
            for (ResourceType.Extension extension : type.extensions()) {
                String urn = extension.schema().id();
                if (resource.get(urn) instanceof ObjectNode object) {
                    flatten(urn + ':', extension.schema().attributes(object.fieldNames()), object, flat);
                }
            }
        }
        return flat;
    }

    private static void flatten(
            String prefix, List<AttributeDefinition> attributes, ObjectNode object, Map<String, JsonNode> flat) {
        for (AttributeDefinition attribute : attributes) {
            JsonNode value = Json.get(object, attribute.name());
            if (value == null || Json.isUnassigned(value)) {
                continue;
            }
            if (value instanceof ObjectNode parts && attribute.isComplex()) {
                flatten(prefix + attribute.name() + '.', attribute.subAttributes(), parts, flat);
            } else {
                flat.put(prefix + attribute.name(), value);
            }
        }
    }
}
