package dev.keyledger.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.ErrorMessage;
import dev.keyledger.scim.resource.Json;
import org.jspecify.annotations.Nullable;

/**
 * What became of one operation of a Bulk: exactly one of {@code done} and {@code fault} is there.
 *
 * @param operation the operation; its references are resolved as far as that was possible
 * @param done      what it did, or null
 * @param fault     why it did nothing, or null
 */
public record BulkResult(
        BulkOperation operation,
        BulkExecutor.@Nullable Done done,
        @Nullable ScimException fault) {

    /** The operation's part of the response; {@code baseUri} is without a slash at the end. RFC 7644 section 3.7.3. */
    ObjectNode toJson(String baseUri) {
        ObjectNode json = Json.object().put("method", operation.method());
        if (operation.bulkId() != null) {
            json.put("bulkId", operation.bulkId());
        }
        if (done != null) {
            if (done.version() != null) {
                json.put("version", done.version().tag());
            }
            return json.put("location", done.location()).put("status", Integer.toString(done.status()));
        }
        boolean isResolved = BulkReferences.of(operation).isEmpty();
        if (!operation.isCreation() && !operation.path().isEmpty() && isResolved) {
            json.put("location", baseUri + operation.path());
        }
        if (fault != null) {
            json.put("status", Integer.toString(fault.status()));
            json.set("response", ErrorMessage.of(fault).toJson());
        }
        return json;
    }
}
