package dev.keyledger.scim.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks and normalises whole resources that clients send. RFC 7644 sections 3.3 and 3.5.1.
 *
 * <p>Attributes that the schema does not have, and readOnly ones, are ignored; a value of a wrong type is {@code invalidValue};
 * a missing required attribute is {@code invalidValue}, but a missing {@code active} stays as it was, and is true at first;
 * canonical values are advice only. What comes out has the schema's
 * spelling and order and no unassigned values.
 */
public final class ResourceValidator {
    /** What a body that does not name it leaves as it is, and true at first. */
    private static final String ACTIVE = "active";

    /** The most values of one attribute, members of a group not counted. */
    public static final int MAX_VALUES = 1000;

    /** The most attributes that a client may name in one extension: an open schema has no bound of its own. */
    private static final int MAX_MEMBERS = 500;

    private final ResourceType type;

    /** A validator of that type's resources. */
    public ResourceValidator(ResourceType type) {
        this.type = type;
    }

    /**
     * The body with its core attributes where they belong. Some clients put them into an object under the core schema's URN, as
     * if it were an extension (against RFC 7643 section 3.3); {@code invalidSyntax} if one stands in both places.
     */
    public ObjectNode unfolded(ObjectNode body) {
        String urn = Json.key(body, type.schema().id());
        if (urn == null || !(body.get(urn) instanceof ObjectNode core)) {
            return body;
        }
        ObjectNode flat = Json.object();
        flat.setAll(body);
        flat.remove(urn);
        flat.setAll(core);
        if (flat.size() < body.size() - 1 + core.size()) {
            throw ScimException.invalidSyntax("an attribute stands under " + urn + " and outside");
        }
        return flat;
    }

    /** The resource that a POST asks for, without {@code id} and {@code meta}. */
    public Resource toCreate(ObjectNode body) {
        return toCreate(body, BooleanNode.TRUE);
    }

    private Resource toCreate(ObjectNode body, @Nullable JsonNode activeUnlessSaid) {
        requireSchemas(body);
        ObjectNode content = Json.object();
        Resource sent = Resource.of(body);
        copy(type.attributes(), body, content);
        if (activeUnlessSaid != null
                && !content.has(ACTIVE)
                && type.attribute(ACTIVE).isPresent()) {
            content.set(ACTIVE, activeUnlessSaid);
        }
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            JsonNode part = sent.get(urn);
            if (part != null && !(part instanceof ObjectNode)) {
                throw ScimException.invalidValue(urn + " has to be an object, got " + AttributeValues.kind(part));
            }
            ObjectNode kept = Json.object();
            if (part instanceof ObjectNode object) {
                if (object.size() > MAX_MEMBERS) {
                    throw ScimException.invalidValue(
                            urn + " has " + object.size() + " attributes, at most " + MAX_MEMBERS + " are kept");
                }
                copy(extension.schema().attributes(object.fieldNames()), object, kept);
            }
            if (!kept.isEmpty()) {
                content.set(urn, kept);
            } else if (extension.required()) {
                throw ScimException.invalidValue("the extension " + urn + " is required");
            }
        }
        Resource resource = withSchemas(content);
        requireComplete(resource);
        return resource;
    }

    /**
     * The resource that a PUT asks for in place of {@code before}: readOnly values stay as they were, so does a shared extension
     * that the body does not have, and an immutable value may be repeated but not changed.
     *
     * @param kept core attributes that a body which does not name them leaves with these values
     */
    public Resource toReplace(ObjectNode body, Resource before, Resource kept) {
        ObjectNode content = toCreate(body, before.get(ACTIVE)).toJson();
        for (AttributeDefinition attribute : type.attributes()) {
            JsonNode old = before.get(attribute.name());
            JsonNode left = kept.get(attribute.name());
            if (left != null && Json.key(body, attribute.name()) == null) {
                content.set(attribute.name(), left.deepCopy());
            }
            if (attribute.mutability() == Mutability.READ_ONLY && old != null) {
                content.set(attribute.name(), old.deepCopy());
            }
            JsonNode now = content.get(attribute.name());
            if (attribute.mutability() == Mutability.IMMUTABLE && old != null && !old.equals(now)) {
                throw ScimException.mutability(attribute.name() + " is immutable and has a value already");
            }
        }
        for (ResourceType.Extension extension : type.extensions()) {
            if (before.get(extension.schema().id()) instanceof ObjectNode old) {
                boolean untouched =
                        extension.shared() && Json.key(body, extension.schema().id()) == null;
                keep(extension.schema(), old, untouched, content);
            }
        }
        return withSchemas(content);
    }

    private static void keep(Schema schema, ObjectNode old, boolean everything, ObjectNode content) {
        ObjectNode now = content.get(schema.id()) instanceof ObjectNode sent ? sent : Json.object();
        for (AttributeDefinition attribute : schema.attributes(old.fieldNames())) {
            JsonNode value = Json.get(old, attribute.name());
            if (value != null && (everything || attribute.mutability() == Mutability.READ_ONLY)) {
                now.set(attribute.name(), value.deepCopy());
            }
        }
        if (!now.isEmpty()) {
            content.set(schema.id(), now);
        }
    }

    /**
     * Refuses a resource of which an attribute has more than {@value #MAX_VALUES} values, unless it had as many before: each is
     * a row to write. Members are no attribute of a row and not counted.
     *
     * @param before the resource as it was, or null of a new one
     */
    public void requireFewValues(Resource resource, @Nullable Resource before) {
        requireFewValues(resource.view(), before == null ? Json.object() : before.view());
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            if (resource.get(urn) instanceof ObjectNode part) {
                JsonNode old = before == null ? null : before.get(urn);
                requireFewValues(part, old instanceof ObjectNode object ? object : Json.object());
            }
        }
    }

    private static void requireFewValues(ObjectNode content, ObjectNode before) {
        for (Map.Entry<String, JsonNode> member : content.properties()) {
            int size = member.getValue().isArray() ? member.getValue().size() : 0;
            if (size > MAX_VALUES && size > before.path(member.getKey()).size()) {
                throw ScimException.invalidValue(
                        member.getKey() + " has " + size + " values, at most " + MAX_VALUES + " are kept");
            }
        }
    }

    /** Refuses a resource that lacks a required attribute. */
    public void requireComplete(Resource resource) {
        requireComplete("", type.attributes(), resource.view());
        for (ResourceType.Extension extension : type.extensions()) {
            if (resource.get(extension.schema().id()) instanceof ObjectNode part) {
                requireComplete(
                        extension.schema().id() + ':', extension.schema().attributes(), part);
            }
        }
    }

    /** The resource of this content, its {@code schemas} listing the core schema and the extensions that have values. */
    public Resource withSchemas(ObjectNode content) {
        ObjectNode ordered = Json.object();
        ArrayNode schemas = ordered.putArray("schemas").add(type.schema().id());
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            if (!Json.isUnassigned(content.get(urn))) {
                schemas.add(urn);
            }
        }
        for (Map.Entry<String, JsonNode> member : content.properties()) {
            if (!member.getKey().equals("schemas") && !Json.isUnassigned(member.getValue())) {
                ordered.set(member.getKey(), member.getValue());
            }
        }
        return Resource.of(ordered);
    }

    private void requireSchemas(ObjectNode body) {
        JsonNode schemas = Json.get(body, "schemas");
        if (schemas != null && schemas.isArray()) {
            for (JsonNode schema : schemas) {
                if (schema.isTextual()
                        && schema.textValue().equalsIgnoreCase(type.schema().id())) {
                    return;
                }
            }
        }
        throw ScimException.invalidSyntax(
                "the body's schemas do not have " + type.schema().id());
    }

    private static void copy(List<AttributeDefinition> definitions, ObjectNode from, ObjectNode into) {
        AttributeValues.requireNamedOnce(from);
        for (AttributeDefinition definition : definitions) {
            boolean derived = definition.mutability() == Mutability.READ_ONLY
                    || definition.name().equals("schemas");
            JsonNode sent = Json.get(from, definition.name());
            if (!derived
                    && sent != null
                    && definition.multiValued()
                    && definition.isComplex()
                    && sent.isTextual()
                    && !sent.textValue().isEmpty()) {
                throw ScimException.invalidValue(definition.name() + " has to be a list, got a text");
            }
            @Nullable JsonNode value = derived || sent == null ? null : AttributeValues.normalise(definition, sent);
            if (value != null) {
                into.set(definition.name(), value);
            }
        }
    }

    private static void requireComplete(String prefix, List<AttributeDefinition> definitions, ObjectNode content) {
        for (AttributeDefinition definition : definitions) {
            JsonNode value = Json.get(content, definition.name());
            boolean blank = value == null
                    || Json.isUnassigned(value)
                    || (value.isTextual() && value.textValue().isBlank());
            if (definition.required() && blank) {
                throw ScimException.invalidValue(prefix + definition.name() + " is required");
            }
        }
    }
}
