package dev.keyledger.scim.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Returned;
import dev.keyledger.scim.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which attributes a response shows: what the client asked for by {@code attributes} or {@code excludedAttributes}, within
 * what the schema's {@code returned} allows. RFC 7644 section 3.9. Immutable. Names that the schema does not have are ignored.
 */
public final class Projection {
    private final ResourceType type;
    private final boolean named;
    private final boolean everything;
    private final Set<String> attributes;
    private final Set<String> excluded;

    private Projection(
            ResourceType type, boolean named, boolean everything, Set<String> attributes, Set<String> excluded) {
        this.type = type;
        this.named = named;
        this.everything = everything;
        this.attributes = attributes;
        this.excluded = excluded;
    }

    /** What a client sees who asks for nothing in particular. */
    public static Projection defaults(ResourceType type) {
        return of(type, List.of(), List.of());
    }

    /** Everything the store has, for reading a resource in order to change it; {@code except} is left out. */
    public static Projection everything(ResourceType type, String... except) {
        return new Projection(type, false, true, Set.of(), keys(type, List.of(except)));
    }

    /** The projection of a request; {@code attributes}, if there are any, win over {@code excludedAttributes}. */
    public static Projection of(ResourceType type, List<String> attributes, List<String> excludedAttributes) {
        boolean named = !attributes.isEmpty();
        return new Projection(
                type, named, false, keys(type, attributes), named ? Set.of() : keys(type, excludedAttributes));
    }

    /** Whether the client named attributes to see. */
    public boolean isExplicit() {
        return named;
    }

    /** Whether a response has the attribute of that notation, or a part of it; a store need not load what it has not. */
    public boolean includes(String notation) {
        return AttributePath.resolve(notation, type).map(this::includes).orElse(false);
    }

    /** As {@link #includes(String)}. */
    public boolean includes(AttributePath path) {
        String prefix = path.extension() == null ? "" : path.extension() + ':';
        AttributeDefinition sub = path.subAttribute();
        boolean whole = shown(prefix, path.attribute()) || anyPart(prefix, path.attribute());
        return whole && (sub == null || shownPart(prefix, path.attribute(), sub));
    }

    /** The resource as the client sees it, a new object in the schema's order; {@code schemas}, {@code id} always. */
    public ObjectNode apply(Resource resource) {
        ObjectNode shown = Json.object();
        select("", type.attributes(), resource.view(), shown);
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            if (resource.get(schema.id()) instanceof ObjectNode content) {
                ObjectNode part = Json.object();
                select(schema.id() + ':', schema.attributes(content.fieldNames()), content, part);
                if (!part.isEmpty()) {
                    shown.set(schema.id(), part);
                }
            }
        }
        return shown;
    }

    private void select(String prefix, List<AttributeDefinition> definitions, ObjectNode from, ObjectNode into) {
        for (AttributeDefinition attribute : definitions) {
            JsonNode value = Json.get(from, attribute.name());
            if (value == null || Json.isUnassigned(value)) {
                continue;
            }
            if (shown(prefix, attribute) || anyPart(prefix, attribute)) {
                JsonNode part = attribute.isComplex() ? parts(prefix, attribute, value) : value.deepCopy();
                if (!Json.isUnassigned(part)) {
                    into.set(attribute.name(), part);
                }
            }
        }
    }

    private JsonNode parts(String prefix, AttributeDefinition attribute, JsonNode value) {
        // asked once, as a group may have very many members
        List<AttributeDefinition> shown = attribute.subAttributes().stream()
                .filter(sub -> shownPart(prefix, attribute, sub))
                .toList();
        if (!value.isArray()) {
            return parts(shown, value);
        }
        ArrayNode all = Json.array();
        for (JsonNode element : value) {
            JsonNode part = parts(shown, element);
            if (!Json.isUnassigned(part)) {
                all.add(part);
            }
        }
        return all;
    }

    private static JsonNode parts(List<AttributeDefinition> shown, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return value.deepCopy();
        }
        ObjectNode kept = Json.object();
        for (AttributeDefinition sub : shown) {
            JsonNode part = Json.get(object, sub.name());
            if (part != null && !Json.isUnassigned(part)) {
                kept.set(sub.name(), part.deepCopy());
            }
        }
        return kept;
    }

    private boolean shown(String prefix, AttributeDefinition attribute) {
        return shown(attribute.returned(), key(prefix, attribute.name()), extensionKey(prefix));
    }

    private boolean shownPart(String prefix, AttributeDefinition attribute, AttributeDefinition sub) {
        String key = key(prefix, attribute.name());
        if (sub.returned() == Returned.DEFAULT && named && !everything) {
            return attributes.contains(key)
                    || attributes.contains(extensionKey(prefix))
                    || attributes.contains(key + '.' + lower(sub.name()))
                    || (attribute.returned() == Returned.ALWAYS && !anyPart(prefix, attribute));
        }
        return shown(sub.returned(), key + '.' + lower(sub.name()), key);
    }

    private boolean shown(Returned returned, String key, String wholeKey) {
        if (everything) {
            return !excluded.contains(key);
        }
        return switch (returned) {
            case ALWAYS -> true;
            case NEVER -> false;
            case REQUEST -> attributes.contains(key);
            case DEFAULT ->
                named
                        ? attributes.contains(key) || attributes.contains(wholeKey)
                        : !excluded.contains(key) && !excluded.contains(wholeKey);
        };
    }

    private boolean anyPart(String prefix, AttributeDefinition attribute) {
        String start = key(prefix, attribute.name()) + '.';
        return attribute.returned() != Returned.NEVER && attributes.stream().anyMatch(key -> key.startsWith(start));
    }

    private static Set<String> keys(ResourceType type, List<String> names) {
        Set<String> keys = new HashSet<>();
        for (String name : names) {
            // Entra asks for emails[type eq "work"]; the RFC has no filter here, so that the attribute is shown as a
            // whole
            String stripped = name.split("\\[", 2)[0].strip();
            type.extension(stripped).ifPresent(schema -> keys.add(extensionKey(schema.id() + ':')));
            AttributePath.resolve(stripped, type)
                    .or(() -> AttributePath.resolveInExtensions(stripped, type))
                    .ifPresent(path -> keys.add(lower(path.notation())));
        }
        return Set.copyOf(keys);
    }

    private static String key(String prefix, String name) {
        return lower(prefix + name);
    }

    /** The key of an extension as a whole; of the core schema none, so that nothing equals it. */
    private static String extensionKey(String prefix) {
        return prefix.isEmpty() ? "\0" : lower(prefix);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
