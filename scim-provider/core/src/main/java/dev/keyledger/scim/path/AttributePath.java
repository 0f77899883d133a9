package dev.keyledger.scim.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attribute or sub-attribute of a resource type, resolved against its schemas. RFC 7644 section 3.10.
 *
 * @param extension    the URN of the extension that has the attribute, or null for a core or common attribute
 * @param attribute    the attribute
 * @param subAttribute the sub-attribute of it, or null for the attribute as a whole
 */
public record AttributePath(
        @Nullable String extension,
        AttributeDefinition attribute,
        @Nullable AttributeDefinition subAttribute) {

    /** The path of a whole core or common attribute. */
    public static AttributePath of(AttributeDefinition attribute) {
        return new AttributePath(null, attribute, null);
    }

    /**
     * The attribute that the text names: {@code userName}, {@code name.givenName},
     * {@code urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value}, the core schema's URN too; any case.
     * Empty if it names none.
     */
    public static Optional<AttributePath> resolve(String text, ResourceType type) {
        int colon = text.lastIndexOf(':');
        String name = text.substring(colon + 1);
        if (colon < 0 || text.substring(0, colon).equalsIgnoreCase(type.schema().id())) {
            return resolve(null, name, type);
        }
        return type.extension(text.substring(0, colon)).flatMap(schema -> resolve(schema.id(), name, type));
    }

    /** As {@link #resolve}, for a name without a URN that an extension lists: Entra looks for {@code manager}. */
    public static Optional<AttributePath> resolveInExtensions(String name, ResourceType type) {
        if (name.indexOf(':') >= 0) {
            return Optional.empty();
        }
        return type.extensions().stream()
                .flatMap(extension -> resolve(extension.schema().id(), name, type)
                        .filter(path -> extension.schema().attributes().contains(path.attribute()))
                        .stream())
                .findFirst();
    }

    private static Optional<AttributePath> resolve(@Nullable String urn, String name, ResourceType type) {
        int dot = name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        Optional<AttributeDefinition> attribute =
                urn == null ? type.attribute(head) : type.extension(urn).flatMap(schema -> schema.attribute(head));
        if (dot < 0) {
            return attribute.map(a -> new AttributePath(urn, a, null));
        }
        return attribute.flatMap(
                a -> a.subAttribute(name.substring(dot + 1)).map(sub -> new AttributePath(urn, a, sub)));
    }

    /** The definition of what the path ends in. */
    public AttributeDefinition target() {
        return subAttribute == null ? attribute : subAttribute;
    }

    /** The path of the whole attribute. */
    public AttributePath parent() {
        return subAttribute == null ? this : new AttributePath(extension, attribute, null);
    }

    /** The path of a part of this path's attribute. */
    public AttributePath child(AttributeDefinition part) {
        return new AttributePath(extension, attribute, part);
    }

    /** All values at this path, those of a multi-valued attribute one by one; unassigned ones are left out. */
    public List<JsonNode> values(Resource resource) {
        List<JsonNode> found = new ArrayList<>(1);
        for (JsonNode element : elements(resource)) {
            JsonNode value = subAttribute == null
                    ? element
                    : element instanceof ObjectNode object ? Json.get(object, subAttribute.name()) : null;
            if (value != null && !Json.isUnassigned(value)) {
                spread(value, found);
            }
        }
        return found;
    }

    /** The values of the whole attribute, one by one. */
    public List<JsonNode> elements(Resource resource) {
        List<JsonNode> found = new ArrayList<>(1);
        ObjectNode holder = resource.view();
        if (extension != null) {
            holder = resource.get(extension) instanceof ObjectNode object ? object : Json.object();
        }
        JsonNode value = Json.get(holder, attribute.name());
        if (value != null && !Json.isUnassigned(value)) {
            spread(value, found);
        }
        return found;
    }

    private static void spread(JsonNode value, List<JsonNode> into) {
        if (value.isArray()) {
            value.forEach(into::add);
        } else {
            into.add(value);
        }
    }

    /** Attribute notation in the schema's spelling: {@code name.givenName}; an extension's attribute with its URN. */
    public String notation() {
        String whole = extension == null ? attribute.name() : extension + ':' + attribute.name();
        return subAttribute == null ? whole : whole + '.' + subAttribute.name();
    }

    @Override
    public String toString() {
        return notation();
    }
}
