package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;

/** Answers the requests below one path segment. */
interface Endpoint {
    /** The answer; every fault is a {@link ScimException}. Called with allowed methods only. */
    Reply handle(ScimRequest request);

    /** The methods that the path knows, as the header {@code Allow} has them; throws 404 for a path that is none. */
    String allowed(ScimPath path);

    /** 404 for a path that leads nowhere. */
    static ScimException unknown(ScimPath path) {
        return ScimException.notFound("nothing is served at " + ScimException.quoted('/' + path.below()));
    }
}
