package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.message.MessageSchemas;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import dev.keyledger.scim.validate.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a PATCH, every one with a path: an operation without one, or on a whole extension, has become one per
 * attribute in its value; a remove with a list of values has become one per value.
 *
 * @param operations in order
 */
public record PatchRequest(List<PatchOperation> operations) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    /** The most operations that one request may bring. */
    public static final int MAX_OPERATIONS = 1000;

    /** Copies the list. */
    public PatchRequest {
        operations = List.copyOf(operations);
    }

    /** The request that the body is; throws {@code invalidSyntax}, {@code invalidPath}, {@code noTarget} and so on. */
    public static PatchRequest parse(ObjectNode body, ResourceType type) {
        MessageSchemas.require(body, URN);
        JsonNode operations = Json.get(body, "Operations");
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalidSyntax("Operations has to be a list of at least one operation");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw ScimException.tooMany(operations.size() + " operations, at most " + MAX_OPERATIONS + " are done");
        }
        List<PatchOperation> parsed = new ArrayList<>();
        for (JsonNode operation : operations) {
            if (!(operation instanceof ObjectNode object)) {
                throw ScimException.invalidSyntax("an operation has to be an object");
            }
            new Reader(type, object).read(parsed);
        }
        return new PatchRequest(parsed);
    }

    private record Reader(ResourceType type, ObjectNode json) {
        void read(List<PatchOperation> into) {
            JsonNode op = Json.get(json, "op");
            if (op == null || !op.isTextual()) {
                throw ScimException.invalidSyntax("an operation has no op, want add, remove or replace");
            }
            String path = path();
            switch (Dialect.operationName(op.textValue())) {
                case "add" -> set(into, path, true);
                case "replace" -> set(into, path, false);
                case "remove" -> remove(into, path);
                default ->
                    throw ScimException.invalidSyntax(
                            "op is " + ScimException.quoted(op.textValue()) + ", want add, remove or replace");
            }
        }

        private @Nullable String path() {
            JsonNode path = Json.get(json, "path");
            if (path == null
                    || path.isNull()
                    || (path.isTextual() && path.textValue().isBlank())) {
                return null;
            }
            if (!path.isTextual()) {
                throw ScimException.invalidPath("a path has to be text");
            }
            return Dialect.path(path.textValue().strip(), type);
        }

        private void set(List<PatchOperation> into, @Nullable String path, boolean add) {
            JsonNode value = Json.get(json, "value");
            if (value == null || (add && value.isNull())) {
                throw ScimException.invalidValue(
                        "the operation on " + (path == null ? "the resource" : path) + " has no value");
            }
            Optional<Schema> extension = path == null ? Optional.empty() : type.extension(path);
            if (path != null && extension.isEmpty()) {
                into.add(operation(PatchPath.parse(path, type), value, add, true));
            } else if (value instanceof ObjectNode attributes) {
                spread(into, extension.map(schema -> schema.id() + ':').orElse(""), attributes, add);
            } else {
                throw ScimException.invalidValue(
                        "the value of an operation on a whole resource or extension has to be an object of attributes");
            }
        }

        /** Keys are attribute names, or, as Entra writes them, whole paths: {@code name.givenName}, with URNs and filters. */
        private void spread(List<PatchOperation> into, String prefix, ObjectNode attributes, boolean add) {
            for (Map.Entry<String, JsonNode> member : attributes.properties()) {
                String key =
                        prefix.isEmpty() || member.getKey().contains(":") ? member.getKey() : prefix + member.getKey();
                Optional<Schema> extension = type.extension(key);
                if (key.equalsIgnoreCase(type.schema().id()) && member.getValue() instanceof ObjectNode core) {
                    spread(into, "", core, add);
                } else if (extension.isPresent() && member.getValue() instanceof ObjectNode inner) {
                    spread(into, extension.get().id() + ':', inner, add);
                } else if (!member.getKey().equalsIgnoreCase("schemas")) {
                    PatchPath path = PatchPath.parse(Dialect.path(key, type), type);
                    // the RFC has no such key, so that it asks for no target to be there
                    boolean selects = path.filter() != null && path.path().subAttribute() != null;
                    into.add(operation(path, member.getValue(), add || selects, false));
                }
            }
        }

        private static PatchOperation operation(PatchPath path, JsonNode sent, boolean add, boolean named) {
            JsonNode value = Dialect.operand(path.path().target(), sent);
            return add ? new PatchOperation.Add(path, value, named) : new PatchOperation.Replace(path, value, named);
        }

        private void remove(List<PatchOperation> into, @Nullable String path) {
            if (path == null) {
                throw ScimException.noTarget("a remove needs a path");
            }
            Optional<Schema> extension = type.extension(path);
            if (extension.isPresent()) {
                removeAll(into, extension.get());
                return;
            }
            PatchPath target = PatchPath.parse(path, type);
            JsonNode value = Json.get(json, "value");
            boolean selective = value != null && !value.isNull() && target.filter() == null;
            if (value == null || !selective || !target.path().target().multiValued()) {
                into.add(new PatchOperation.Remove(target));
                return;
            }
            if (Json.isUnassigned(value)
                    || (value.isTextual() && value.textValue().isBlank())) {
                throw ScimException.invalidValue("a remove from " + target + " with an empty value says nothing");
            }
            for (JsonNode one : value.isArray() ? value : Json.array().add(value)) {
                into.add(new PatchOperation.Remove(new PatchPath(target.path(), equalTo(target.path(), one))));
            }
        }

        private static void removeAll(List<PatchOperation> into, Schema extension) {
            if (extension.isOpen()) {
                throw ScimException.invalidPath(
                        extension + " has attributes that it does not list; name those to remove");
            }
            extension.attributes().stream()
                    .filter(attribute -> attribute.mutability() != Mutability.READ_ONLY)
                    .map(attribute -> PatchPath.of(new AttributePath(extension.id(), attribute, null)))
                    .forEach(path -> into.add(new PatchOperation.Remove(path)));
        }

        /** Entra removes members by a list of values beside the path: the filter that selects one of them. */
        private static Filter equalTo(AttributePath path, JsonNode one) {
            JsonNode value = Dialect.value(path.attribute(), Dialect.operand(path.target(), one));
            if (!path.attribute().isComplex()) {
                return new Filter.Comparison(path, Operator.EQ, value);
            }
            JsonNode id = value instanceof ObjectNode object ? Json.get(object, "value") : null;
            Optional<AttributeDefinition> part = path.attribute().subAttribute("value");
            if (id == null || !id.isTextual() || part.isEmpty()) {
                throw ScimException.invalidValue("a value to remove from " + path + " has no \"value\"");
            }
            return new Filter.Comparison(path.child(part.get()), Operator.EQ, id);
        }
    }
}
