package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.RateLimiter;
import dev.keyledger.scim.message.ErrorMessage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns answers and faults into HTTP responses of type {@value #MEDIA_TYPE}. */
final class Responses {
    static final String MEDIA_TYPE = "application/scim+json";

    private static final String REQUEST_ID = "X-Request-Id";

    private Responses() {}

    /**
     * The media type of a response: {@value #MEDIA_TYPE}, or {@code application/json} for who accepts that and does not accept
     * the other. RFC 7644 section 3.8.
     */
    static String mediaType(@Nullable String accept) {
        String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        boolean scim = wanted.contains(MEDIA_TYPE) || wanted.contains("*/*") || wanted.contains("application/*");
        return !scim && wanted.contains(MediaType.APPLICATION_JSON) ? MediaType.APPLICATION_JSON : MEDIA_TYPE;
    }

    /**
     * The response, telling what is left of the connection's quota, in the words of both generations of drafts about it.
     *
     * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
     */
    static Response with(RateLimiter.@Nullable Quota quota, Response response) {
        if (quota == null) {
            return response;
        }
        int left = Math.max(0, quota.remaining());
        return Response.fromResponse(response)
                .header("RateLimit-Policy", "\"connection\";q=" + quota.limit() + ";w=60")
                .header("RateLimit", "\"connection\";r=" + left + ";t=" + quota.resetSeconds())
                .header("RateLimit-Limit", quota.limit())
                .header("RateLimit-Remaining", left)
                .header("RateLimit-Reset", quota.resetSeconds())
                .build();
    }

    static Response of(Reply reply, String mediaType, String requestId) {
        Response.ResponseBuilder response = Response.status(reply.status()).header(REQUEST_ID, requestId);
        if (reply.body() != null) {
            response.type(mediaType).entity(reply.body().toString());
        }
        if (reply.version() != null) {
            response.header(HttpHeaders.ETAG, reply.version());
        }
        if (reply.location() != null) {
            // RFC 7644 sections 3.3, 3.4.1 and 3.5.1 show it on every answer; of /Me it has to be the permanent one
            // (3.11)
            response.header(HttpHeaders.LOCATION, reply.location());
        }
        if (reply.location() != null && reply.body() != null) {
            response.header(HttpHeaders.CONTENT_LOCATION, reply.location());
        }
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    static Response of(ScimException fault, String mediaType, String realm, String requestId) {
        Response.ResponseBuilder response = Response.status(fault.status())
                .type(mediaType)
                .header(REQUEST_ID, requestId)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ErrorMessage.of(fault).toJson().toString());
        if (fault.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"" + realm.replace("\"", "") + '"');
        }
        if (fault.retryAfter() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, fault.retryAfter());
        }
        if (fault.allowed() != null) {
            response.header(HttpHeaders.ALLOW, fault.allowed());
        }
        return response.build();
    }
}
