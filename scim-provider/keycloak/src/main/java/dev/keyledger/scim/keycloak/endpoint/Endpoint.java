package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import java.util.List;

/** Answers the requests below one path segment. */
interface Endpoint {
    /** The answer; every fault is a {@link ScimException}. Called with allowed methods only. */
    Reply handle(ScimRequest request);

    /** The methods that the path knows, as the header {@code Allow} has them; throws 404 for a path that is none. */
    String allowed(ScimPath path);

    /** Refuses with 405 a method that {@link #allowed} does not name. */
    default void require(String method, ScimPath path) {
        String allowed = allowed(path);
        if (!List.of(allowed.split(", ", -1)).contains(method)) {
            throw ScimException.methodNotAllowed(method, allowed);
        }
    }

    /** 404 for a path that leads nowhere. */
    static ScimException unknown(ScimPath path) {
        return ScimException.notFound("nothing is served at " + ScimException.quoted('/' + path.below()));
    }
}
