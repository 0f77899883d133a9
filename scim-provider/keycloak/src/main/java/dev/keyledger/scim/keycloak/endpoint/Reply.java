package dev.keyledger.scim.keycloak.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it becomes HTTP.
 *
 * @param status   the HTTP status
 * @param body     the JSON, or null for none
 * @param version  the entity tag, or null
 * @param location the resource's URI, or null where there is none to tell
 */
record Reply(
        int status,
        @Nullable ObjectNode body,
        @Nullable String version,
        @Nullable String location) {
    /** 200 with that body. */
    static Reply ok(ObjectNode body) {
        return new Reply(200, body, null, null);
    }
}
