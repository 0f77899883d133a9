package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.resource.Json;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response. RFC 7644 section 3.12.
 *
 * @param status   the HTTP status
 * @param scimType the detail error keyword, or null
 * @param detail   what went wrong, for a person
 */
public record ErrorMessage(int status, @Nullable ScimType scimType, String detail) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:Error";

    /** What the client is told about the exception. */
    public static ErrorMessage of(ScimException e) {
        return new ErrorMessage(e.status(), e.scimType(), e.detail());
    }

    /** The body; {@code status} is text in it, as the RFC has it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(URN);
        json.put("status", Integer.toString(status));
        if (scimType != null) {
            json.put("scimType", scimType.keyword());
        }
        return json.put("detail", detail);
    }
}
