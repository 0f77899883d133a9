package dev.keyledger.scim.keycloak.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes a {@code Content-Type} that is no media type one that is, and that SCIM does not want: left alone, it fails before any
 * resource is asked, and once more in Keycloak's own response filter, so that the client would get a 500 that is not SCIM's.
 */
@Provider
@PreMatching
public final class UnreadableContentTypeFilter implements ContainerRequestFilter {
    private static final String SCIM = "/scim/";

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().contains(SCIM)) {
            return;
        }
        try {
            request.getMediaType();
        } catch (IllegalArgumentException unreadable) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }
}
