package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import org.jspecify.annotations.Nullable;

/**
 * What this service provider can do. RFC 7643 section 5; every member that the RFC requires is written, also of what is not
 * supported, because clients switch features off where a number is missing.
 *
 * @param maxResults        the most resources in one page
 * @param bulk              the limits of Bulk, or null if it is not supported
 * @param sort              whether {@code sortBy} is honoured
 * @param changePassword    whether a client may set passwords
 * @param documentationUri  where people read more, or null
 */
public record ServiceProviderConfig(
        int maxResults,
        @Nullable Bulk bulk,
        boolean sort,
        boolean changePassword,
        @Nullable String documentationUri) {
    private static final String URN = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

    /**
     * The limits of a Bulk request.
     *
     * @param maxOperations  the most operations
     * @param maxPayloadSize the most bytes
     */
    public record Bulk(int maxOperations, int maxPayloadSize) {}

    /** The document; PATCH, filters, entity tags and both kinds of paging (RFC 9865 section 4) are always supported. */
    public ObjectNode toJson(String baseUri) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(URN);
        if (documentationUri != null) {
            json.put("documentationUri", documentationUri);
        }
        json.putObject("patch").put("supported", true);
        json.putObject("bulk")
                .put("supported", bulk != null)
                .put("maxOperations", bulk == null ? 0 : bulk.maxOperations())
                .put("maxPayloadSize", bulk == null ? 0 : bulk.maxPayloadSize());
        json.putObject("filter").put("supported", true).put("maxResults", maxResults);
        json.putObject("changePassword").put("supported", changePassword);
        json.putObject("sort").put("supported", sort);
        json.putObject("etag").put("supported", true);
        json.putObject("pagination")
                .put("cursor", true)
                .put("index", true)
                .put("defaultPaginationMethod", "index")
                .put("defaultPageSize", maxResults)
                .put("maxPageSize", maxResults)
                .put("cursorTimeout", Cursors.LIFETIME.toSeconds());
        json.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "OAuth Bearer Token")
                .put("description", "An access token of the realm in the Authorization header.")
                .put("specUri", "https://www.rfc-editor.org/rfc/rfc6750")
                .put("primary", true);
        json.putObject("meta")
                .put("resourceType", "ServiceProviderConfig")
                .put("location", baseUri + "/ServiceProviderConfig");
        return json;
    }
}
