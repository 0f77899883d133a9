package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.validate.AttributeValues;
import dev.keyledger.scim.validate.ResourceValidator;
import org.jspecify.annotations.Nullable;

/**
 * Applies the operations of a PATCH to a resource, all or none: the resource that went in is never changed. RFC 7644 section
 * 3.5.2.
 *
 * <p>Where the RFC is silent: removing what has no value is no fault, but a value filter that selects nothing is
 * {@code noTarget}; only an add to such a filter creates the value, if the filter is made of {@code eq} and {@code and} and so
 * says what it is; adding a value whose {@code value} and {@code type} are already there completes that one; making a value
 * primary ends the primacy of the others.
 */
public final class PatchApplier {
    /** The most attributes, and values to remove, that the operations of a request may name; members of a group do not count. */
    public static final int MAX_STEPS = 5000;

    private final ResourceType type;
    private final ResourceValidator validator;

    /** An applier for that type's resources. */
    public PatchApplier(ResourceType type) {
        this.type = type;
        this.validator = new ResourceValidator(type);
    }

    /** The resource after the operations. */
    public Resource apply(Resource before, PatchRequest request) {
        if (request.operations().size() > MAX_STEPS) {
            throw ScimException.tooMany(
                    "the request names " + request.operations().size() + " attributes or values, at most " + MAX_STEPS
                            + " are changed at once");
        }
        ObjectNode content = before.toJson();
        PatchWork work = new PatchWork();
        for (PatchOperation operation : request.operations()) {
            apply(content, operation, work);
        }
        Resource after = validator.withSchemas(content);
        validator.requireComplete(after);
        return after;
    }

    private void apply(ObjectNode content, PatchOperation operation, PatchWork work) {
        AttributePath path = operation.path().path();
        boolean readOnly = path.attribute().mutability() == Mutability.READ_ONLY
                || path.target().mutability() == Mutability.READ_ONLY;
        if (readOnly && !repeats(content, operation)) {
            throw ScimException.mutability(path + " is readOnly");
        }
        if (readOnly) {
            return;
        }
        if (path.extension() == null && path.attribute().name().equals("schemas")) {
            requireKnownSchemas(operation);
            return;
        }
        ObjectNode holder = content;
        String urn = path.extension();
        if (urn != null) {
            String key = Json.key(content, urn);
            holder = key != null && content.get(key) instanceof ObjectNode object ? object : content.putObject(urn);
        }
        String name = path.attribute().name();
        // an attribute that its open schema does not list has the spelling of whoever names it
        String spelling = Json.key(holder, name);
        rename(holder, spelling, name);
        JsonNode old = holder.get(name);
        if (path.attribute().multiValued()) {
            work.count(operation.path(), old);
        }
        boolean immutable = path.attribute().mutability() == Mutability.IMMUTABLE && !Json.isUnassigned(old);
        JsonNode kept = old == null || !immutable ? null : old.deepCopy();
        if (operation instanceof PatchOperation.Remove) {
            remove(holder, operation.path());
        } else if (operation instanceof PatchOperation.Add add) {
            set(holder, add.path(), add.value(), true);
        } else if (operation instanceof PatchOperation.Replace replace) {
            set(holder, replace.path(), replace.value(), false);
        }
        if (kept != null && !kept.equals(holder.get(name))) {
            throw ScimException.mutability(path + " is immutable and has a value already");
        }
        rename(holder, name, spelling);
        if (urn != null && holder.isEmpty()) {
            content.remove(urn);
        }
    }

    private static void rename(ObjectNode holder, @Nullable String from, @Nullable String to) {
        if (from != null && to != null && !from.equals(to) && holder.has(from)) {
            holder.set(to, holder.remove(from));
        }
    }

    /** {@code schemas} follow from the attributes that there are, so that naming one that may be there changes nothing. */
    private void requireKnownSchemas(PatchOperation operation) {
        JsonNode value = operation instanceof PatchOperation.Add add
                ? add.value()
                : operation instanceof PatchOperation.Replace replace ? replace.value() : Json.array();
        for (JsonNode urn : value.isArray() ? value : Json.array().add(value)) {
            if (!type.schema().id().equalsIgnoreCase(urn.asText())
                    && type.extension(urn.asText()).isEmpty()) {
                throw ScimException.invalidValue(ScimException.quoted(urn.asText()) + " is no schema of " + type);
            }
        }
        if (value.isEmpty() && value.isContainerNode()) {
            throw ScimException.mutability("schemas has to have a value and cannot be removed");
        }
    }

    /** Okta names the id beside what it changes; saying again what is so changes nothing. */
    private static boolean repeats(ObjectNode content, PatchOperation operation) {
        JsonNode value = operation instanceof PatchOperation.Add add && !add.named()
                ? add.value()
                : operation instanceof PatchOperation.Replace replace && !replace.named() ? replace.value() : null;
        AttributePath path = operation.path().path();
        return value != null
                && path.extension() == null
                && path.subAttribute() == null
                && value.equals(Json.get(content, path.attribute().name()));
    }

    private void set(ObjectNode holder, PatchPath target, JsonNode sent, boolean add) {
        AttributeDefinition attribute = target.path().attribute();
        if (attribute.multiValued()) {
            new MultiValue(holder, target).set(sent, add);
            return;
        }
        AttributeDefinition part = target.path().subAttribute();
        JsonNode value =
                part == null ? AttributeValues.element(attribute, sent) : AttributeValues.normalise(part, sent);
        boolean blank = value == null && sent.isTextual();
        if (blank && target.path().target().required()) {
            throw ScimException.invalidValue(target.path() + " is required");
        }
        if (value == null) {
            remove(holder, target);
        } else if (attribute.isComplex()) {
            ObjectNode object = holder.get(attribute.name()) instanceof ObjectNode present
                    ? present
                    : holder.putObject(attribute.name());
            MultiValue.merge(object, attribute, part == null ? (ObjectNode) value : MultiValue.single(part, value));
        } else {
            holder.set(attribute.name(), value);
        }
    }

    private void remove(ObjectNode holder, PatchPath target) {
        AttributeDefinition attribute = target.path().attribute();
        AttributeDefinition part = target.path().subAttribute();
        if (target.path().target().required()) {
            throw ScimException.mutability(target.path() + " has to have a value and cannot be removed");
        }
        if (target.filter() != null || (part != null && attribute.multiValued())) {
            new MultiValue(holder, target).remove();
        } else if (part == null) {
            holder.remove(attribute.name());
        } else if (holder.get(attribute.name()) instanceof ObjectNode object) {
            MultiValue.refuseImmutable(object, part, null);
            object.remove(part.name());
            if (object.isEmpty()) {
                holder.remove(attribute.name());
            }
        }
    }
}
