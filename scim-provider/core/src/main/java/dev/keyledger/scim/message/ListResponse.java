package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import java.util.List;

/**
 * The body of a query's response. RFC 7644 section 3.4.2.
 *
 * @param totalResults how many resources match, on all pages
 * @param startIndex   the index of the first resource of this page, from 1
 * @param resources    this page, as the client sees them
 */
public record ListResponse(long totalResults, int startIndex, List<ObjectNode> resources) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /** Copies the list. */
    public ListResponse {
        resources = List.copyOf(resources);
    }

    /** The body; {@code Resources} is there even when empty. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(URN);
        json.put("totalResults", totalResults);
        json.put("startIndex", startIndex);
        json.put("itemsPerPage", resources.size());
        json.putArray("Resources").addAll(resources);
        return json;
    }
}
