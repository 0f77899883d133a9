package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
    private final ResourceValidator validator;

    /** An applier for that type's resources. */
    public PatchApplier(ResourceType type) {
        this.validator = new ResourceValidator(type);
    }

    /** The resource after the operations. */
    public Resource apply(Resource before, PatchRequest request) {
        ObjectNode content = before.toJson();
        for (PatchOperation operation : request.operations()) {
            apply(content, operation);
        }
        Resource after = validator.withSchemas(content);
        validator.requireComplete(after);
        return after;
    }

    private void apply(ObjectNode content, PatchOperation operation) {
        AttributePath path = operation.path().path();
        boolean readOnly = path.attribute().mutability() == Mutability.READ_ONLY
                || path.target().mutability() == Mutability.READ_ONLY;
        if (readOnly && !repeats(content, operation)) {
            throw ScimException.mutability(path + " is readOnly");
        }
        if (readOnly) {
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
        JsonNode kept = old == null ? null : old.deepCopy();
        if (operation instanceof PatchOperation.Remove) {
            remove(holder, operation.path());
        } else if (operation instanceof PatchOperation.Add add) {
            set(holder, add.path(), add.value(), true);
        } else if (operation instanceof PatchOperation.Replace replace) {
            set(holder, replace.path(), replace.value(), false);
        }
        boolean immutable = path.attribute().mutability() == Mutability.IMMUTABLE && !Json.isUnassigned(kept);
        if (immutable && kept != null && !kept.equals(holder.get(name))) {
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
        if (value == null) {
            remove(holder, target);
        } else if (attribute.isComplex()) {
            ObjectNode object = holder.get(attribute.name()) instanceof ObjectNode present
                    ? present
                    : holder.putObject(attribute.name());
            merge(object, attribute, part == null ? (ObjectNode) value : single(part, value));
        } else {
            holder.set(attribute.name(), value);
        }
    }

    private void remove(ObjectNode holder, PatchPath target) {
        AttributeDefinition attribute = target.path().attribute();
        AttributeDefinition part = target.path().subAttribute();
        if (target.path().target().required()) {
            throw ScimException.mutability(target.path() + " is required and cannot be removed");
        }
        if (target.filter() != null || (part != null && attribute.multiValued())) {
            new MultiValue(holder, target).remove();
        } else if (part == null) {
            holder.remove(attribute.name());
        } else if (holder.get(attribute.name()) instanceof ObjectNode object) {
            refuseImmutable(object, part, null);
            object.remove(part.name());
            if (object.isEmpty()) {
                holder.remove(attribute.name());
            }
        }
    }

    /** The values of one multi-valued attribute while an operation works on them. */
    private static final class MultiValue {
        private final ObjectNode holder;
        private final AttributeDefinition attribute;
        private final @Nullable AttributeDefinition part;
        private final PatchPath target;
        private final ArrayNode old;
        private ArrayNode now = Json.array();
        private boolean selected;

        MultiValue(ObjectNode holder, PatchPath target) {
            this.holder = holder;
            this.target = target;
            this.attribute = target.path().attribute();
            this.part = target.path().subAttribute();
            JsonNode value = holder.get(attribute.name());
            this.old = value instanceof ArrayNode array ? array : Json.array();
        }

        void set(JsonNode sent, boolean add) {
            if (target.filter() == null && part == null) {
                JsonNode value = AttributeValues.normalise(attribute, sent);
                now = add ? old.deepCopy() : now;
                if (value != null) {
                    value.forEach(this::addElement);
                } else if (!add && attribute.required()) {
                    throw ScimException.mutability(target.path() + " is required and cannot be removed");
                }
            } else {
                setSelected(sent, add);
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
            for (JsonNode element : old) {
                now.add(selects(element) ? changed(element, value, add) : element);
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

        private void addElement(JsonNode element) {
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i).equals(element)) {
                    return;
                }
                if (now.get(i) instanceof ObjectNode present
                        && element instanceof ObjectNode added
                        && same(present, added)) {
                    merge(present, attribute, added);
                    return;
                }
            }
            now.add(element);
        }

        private static boolean same(ObjectNode present, ObjectNode added) {
            JsonNode value = present.get("value");
            JsonNode newType = added.get("type");
            return value != null
                    && value.equals(added.get("value"))
                    && (newType == null || newType.equals(present.get("type")) || !present.has("type"));
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
            int before = primary(old, -1);
            int newest = -1;
            int count = 0;
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i).path("primary").asBoolean(false)) {
                    count++;
                    boolean wasPrimary = before >= 0 && sameValue(now.get(i), old.get(before));
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
            return one.path("value").equals(other.path("value"))
                    && one.path("type").equals(other.path("type"));
        }

        private static int primary(ArrayNode elements, int none) {
            for (int i = 0; i < elements.size(); i++) {
                if (elements.get(i).path("primary").asBoolean(false)) {
                    return i;
                }
            }
            return none;
        }
    }

    private static ObjectNode single(AttributeDefinition part, JsonNode value) {
        ObjectNode object = Json.object();
        object.set(part.name(), value);
        return object;
    }

    private static void merge(ObjectNode into, AttributeDefinition attribute, ObjectNode parts) {
        for (AttributeDefinition sub : attribute.subAttributes()) {
            JsonNode value = parts.get(sub.name());
            if (value != null) {
                refuseImmutable(into, sub, value);
                into.set(sub.name(), value);
            }
        }
    }

    private static void refuseImmutable(ObjectNode object, AttributeDefinition sub, @Nullable JsonNode value) {
        JsonNode old = object.get(sub.name());
        if (sub.mutability() == Mutability.IMMUTABLE && old != null && !old.equals(value)) {
            throw ScimException.mutability(sub.name() + " is immutable and has a value already");
        }
    }
}
