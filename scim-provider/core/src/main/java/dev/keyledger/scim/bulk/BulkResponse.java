package dev.keyledger.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import java.util.List;

/**
 * The body of the answer to a Bulk. RFC 7644 section 3.7.3.
 *
 * @param results of the operations that were done or tried, in the order of the request
 */
public record BulkResponse(List<BulkResult> results) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    /** Copies the list. */
    public BulkResponse {
        results = List.copyOf(results);
    }

    /** How many operations failed. */
    public long errors() {
        return results.stream().filter(result -> result.fault() != null).count();
    }

    /** The body. */
    public ObjectNode toJson(String baseUri) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(URN);
        results.forEach(result -> json.withArray("Operations").add(result.toJson(baseUri)));
        return json;
    }
}
