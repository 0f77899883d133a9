package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a query's response. RFC 7644 section 3.4.2, RFC 9865 section 2.
 *
 * @param totalResults   how many resources match, on all pages
 * @param startIndex     the index of the first resource of this page, from 1; null for a page that was asked for by cursor
 * @param resources      this page, as the client sees them
 * @param previousCursor the cursor of the page before, or null if there is none or nobody asked for cursors
 * @param nextCursor     the cursor of the page behind, or null if there is none or nobody asked for cursors
 */
public record ListResponse(
        long totalResults,
        @Nullable Integer startIndex,
        List<ObjectNode> resources,
        @Nullable String previousCursor,
        @Nullable String nextCursor) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /** A page by index. */
    public ListResponse(long totalResults, int startIndex, List<ObjectNode> resources) {
        this(totalResults, startIndex, resources, null, null);
    }

    /** Copies the list. */
    public ListResponse {
        resources = List.copyOf(resources);
    }

    /** The body; {@code Resources} is there even when empty. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(URN);
        json.put("totalResults", totalResults);
        if (startIndex != null) {
            json.put("startIndex", startIndex);
        }
        json.put("itemsPerPage", resources.size());
        if (previousCursor != null) {
            json.put("previousCursor", previousCursor);
        }
        if (nextCursor != null) {
            json.put("nextCursor", nextCursor);
        }
        json.putArray("Resources").addAll(resources);
        return json;
    }
}
