package dev.keyledger.scim.keycloak.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes a {@code Content-Type} that is no media type, or that of a form in parts, one that SCIM does not want: left alone, the
 * first fails before any resource is asked, and once more in Keycloak's own response filter, and the second when the server
 * takes the body apart, so that the client would get a 500 that is not SCIM's.
 */
@Provider
@PreMatching
public final class UnreadableContentTypeFilter implements ContainerRequestFilter {
    private static final String SCIM = "/scim/";
    private static final String PARTS = "multipart";

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().contains(SCIM)) {
            return;
        }
        if (!isReadable(request)) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }

    private static boolean isReadable(ContainerRequestContext request) {
        try {
            MediaType type = request.getMediaType();
            return type == null || !type.getType().equalsIgnoreCase(PARTS);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
