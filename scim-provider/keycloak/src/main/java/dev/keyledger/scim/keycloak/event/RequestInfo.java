package dev.keyledger.scim.keycloak.event;

import dev.keyledger.scim.ScimException;

/**
 * What every record of a request says about it.
 *
 * @param method    the HTTP method
 * @param path      below {@code scim/v2}, for example {@code Users/2819c223}
 * @param requestId the UUID that the client is told as {@code X-Request-Id}
 */
public record RequestInfo(String method, String path, String requestId) {
    private static final int MAX_PATH = 200;

    /** Cuts the path and rids it of control characters, which not every database keeps. */
    public RequestInfo {
        path = ScimException.bounded(path, MAX_PATH);
    }

    /** Whether the method can change something. */
    public boolean isChanging() {
        return !method.equals("GET")
                && !method.equals("HEAD")
                && !method.equals("OPTIONS")
                && !path.endsWith(".search");
    }
}
