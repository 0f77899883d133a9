package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.service.RootSearch;

/** Searches over all types: GET of the base URI, POST to its {@code /.search}. RFC 7644 sections 3.4.2.1 and 3.4.3. */
final class RootEndpoint implements Endpoint {
    private final RootSearch search;
    private final JsonBody bodies;

    RootEndpoint(RootSearch search, JsonBody bodies) {
        this.search = search;
        this.bodies = bodies;
    }

    static boolean serves(String name) {
        return name.isEmpty() || name.equals(ResourceTypeEndpoint.SEARCH);
    }

    @Override
    public String allowed(ScimPath path) {
        return switch (path.length()) {
            case 0 -> "GET";
            case 1 -> "POST";
            default -> throw Endpoint.unknown(path);
        };
    }

    @Override
    public Reply handle(ScimRequest request) {
        SearchRequest wanted =
                request.method().equals("GET") ? request.search() : SearchRequest.parse(request.body(bodies));
        return Reply.ok(search.search(wanted).toJson());
    }
}
