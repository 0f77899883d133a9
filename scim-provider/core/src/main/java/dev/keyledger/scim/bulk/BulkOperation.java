package dev.keyledger.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a Bulk, as it was sent.
 *
 * @param method  {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}; of a malformed operation whatever text there was
 * @param bulkId  the name that the client gave the operation, or null
 * @param path    relative to the base URI, with a slash, for example {@code /Users/2819c223}; empty if there was none
 * @param version what {@code If-Match} is to a single request, or null
 * @param data    the body, or null
 * @param fault   why the operation is none, or null if it is one
 */
public record BulkOperation(
        String method,
        @Nullable String bulkId,
        String path,
        @Nullable String version,
        @Nullable ObjectNode data,
        @Nullable ScimException fault) {
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Whether the operation gives a new resource the name {@link #bulkId}. */
    boolean isCreation() {
        return method.equals("POST");
    }

    /** This operation with another path and other data. */
    BulkOperation with(String otherPath, @Nullable ObjectNode otherData) {
        return new BulkOperation(method, bulkId, otherPath, version, otherData, fault);
    }

    /** The operation that the JSON is; one that is malformed says so by its {@link #fault}. */
    static BulkOperation parse(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return new BulkOperation(
                    "", null, "", null, null, ScimException.invalidSyntax("an operation has to be an object"));
        }
        String method = text(object, "method").toUpperCase(Locale.ROOT);
        String bulkId = text(object, "bulkId");
        String path = text(object, "path").strip();
        String version = text(object, "version");
        ObjectNode data = Json.get(object, "data") instanceof ObjectNode given ? given : null;
        return new BulkOperation(
                method,
                bulkId.isEmpty() ? null : bulkId,
                path.isEmpty() || path.startsWith("/") ? path : '/' + path,
                version.isEmpty() ? null : version,
                data,
                fault(object, method, path));
    }

    private static @Nullable ScimException fault(ObjectNode object, String method, String path) {
        for (String name : new String[] {"method", "bulkId", "path", "version"}) {
            JsonNode value = Json.get(object, name);
            if (value != null && !value.isNull() && !value.isTextual()) {
                return ScimException.invalidSyntax(name + " of an operation has to be text");
            }
        }
        if (!METHODS.contains(method)) {
            return ScimException.invalidSyntax(
                    "the method is " + ScimException.quoted(method) + ", want POST, PUT, PATCH or DELETE");
        }
        if (path.isEmpty()) {
            return ScimException.invalidSyntax("the operation has no path");
        }
        if (method.equals("POST") && text(object, "bulkId").isEmpty()) {
            return ScimException.invalidSyntax("a POST in a Bulk needs a bulkId");
        }
        if (!method.equals("DELETE") && !(Json.get(object, "data") instanceof ObjectNode)) {
            return ScimException.invalidSyntax("a " + method + " in a Bulk needs data, an object");
        }
        return null;
    }

    private static String text(ObjectNode object, String name) {
        JsonNode value = Json.get(object, name);
        return value != null && value.isTextual() ? value.textValue() : "";
    }
}
