package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.schema.ResourceType;

/**
 * The requests of RFC 7644 section 3 to the resources of one type: checks, decides, calls the store, and says what came of it.
 *
 * <p>Holds no state and begins no transaction. Every fault is a {@link ScimException}; whoever started the transaction rolls it
 * back, and nothing happened.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ScimService {
    private final ResourceType type;
    private final ResourceStore store;
    private final String baseUri;
    private final int maxResults;

    /**
     * A service of the store's resources.
     *
     * @param type       their type
     * @param store      where they are
     * @param baseUri    the absolute base URI without a trailing slash, for example {@code https://host/realms/acme/scim/v2}
     * @param maxResults the most resources in one page, also the default
     */
    public ScimService(ResourceType type, ResourceStore store, String baseUri, int maxResults) {
        this.type = type;
        this.store = store;
        this.baseUri = baseUri;
        this.maxResults = maxResults;
    }

    /** POST to the endpoint: 201. RFC 7644 section 3.3. */
    public Outcome create(ObjectNode body, RequestOptions options) {
        throw missing(body, options);
    }

    /** GET of a resource: 200, or 304 if {@code If-None-Match} names its version. RFC 7644 section 3.4.1. */
    public Outcome get(String id, RequestOptions options) {
        throw missing(id, options);
    }

    /** GET of the endpoint, or POST to its {@code /.search}. RFC 7644 sections 3.4.2 and 3.4.3. */
    public ListResponse search(SearchRequest request) {
        throw missing(request, request);
    }

    /** PUT: 200. RFC 7644 section 3.5.1. */
    public Outcome replace(String id, ObjectNode body, RequestOptions options) {
        throw missing(id, body.size() + options.toString());
    }

    /** PATCH: 200, or 204 for a group unless the client asked for attributes. RFC 7644 section 3.5.2. */
    public Outcome patch(String id, ObjectNode body, RequestOptions options) {
        throw missing(id, body.size() + options.toString());
    }

    /** DELETE: 204. RFC 7644 section 3.6. */
    public Outcome delete(String id, RequestOptions options) {
        throw missing(id, options);
    }

    private ScimException missing(Object a, Object b) {
        return ScimException.notImplemented(type.name() + store + baseUri + maxResults + a + b);
    }
}
