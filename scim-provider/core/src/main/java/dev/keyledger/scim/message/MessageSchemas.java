package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;

/** The {@code schemas} by which a request's body says which message it is. RFC 7644 section 3.1. */
public final class MessageSchemas {
    private MessageSchemas() {}

    /** Refuses with {@code invalidSyntax} a body whose {@code schemas} does not have the URN. */
    public static void require(ObjectNode body, String urn) {
        JsonNode schemas = Json.get(body, "schemas");
        if (schemas != null && schemas.isArray()) {
            for (JsonNode schema : schemas) {
                if (schema.isTextual() && schema.textValue().equalsIgnoreCase(urn)) {
                    return;
                }
            }
        }
        throw ScimException.invalidSyntax("the body's schemas do not have " + urn);
    }
}
