package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.ErrorMessage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Turns answers and faults into HTTP responses of type {@value #MEDIA_TYPE}. */
final class Responses {
    static final String MEDIA_TYPE = "application/scim+json";

    private static final String REQUEST_ID = "X-Request-Id";

    private Responses() {}

    static Response of(Reply reply, String requestId) {
        Response.ResponseBuilder response = Response.status(reply.status()).header(REQUEST_ID, requestId);
        if (reply.body() != null) {
            response.type(MEDIA_TYPE).entity(reply.body().toString());
        }
        if (reply.version() != null) {
            response.header(HttpHeaders.ETAG, reply.version());
        }
        if (reply.location() != null && reply.status() == 201) {
            response.header(HttpHeaders.LOCATION, reply.location());
        }
        if (reply.location() != null && reply.status() == 200) {
            response.header(HttpHeaders.CONTENT_LOCATION, reply.location());
        }
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    static Response of(ScimException fault, String realm, String requestId) {
        Response.ResponseBuilder response = Response.status(fault.status())
                .type(MEDIA_TYPE)
                .header(REQUEST_ID, requestId)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ErrorMessage.of(fault).toJson().toString());
        if (fault.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"" + realm.replace("\"", "") + '"');
        }
        if (fault.allowed() != null) {
            response.header(HttpHeaders.ALLOW, fault.allowed());
        }
        return response.build();
    }
}
