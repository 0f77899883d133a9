package dev.keyledger.scim.keycloak.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The errors of this API: {@code {"error":"...","error_description":"..."}}. Thrown, they roll the request back. */
final class ApiError {
    private ApiError() {}

    /** 400: what was sent cannot be; the text says why and what could. */
    static WebApplicationException invalid(String why) {
        return error(400, "invalid_request", why);
    }

    /** 403: the administrator lacks a right. */
    static WebApplicationException forbidden(String why) {
        return error(403, "forbidden", why);
    }

    /** 404: there is no such thing. */
    static WebApplicationException notFound(String what) {
        return error(404, "not_found", what);
    }

    /** 409: it would collide with what is there. */
    static WebApplicationException conflict(String why) {
        return error(409, "conflict", why);
    }

    private static WebApplicationException error(int status, String error, String description) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("error_description", description)
                .toString();
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build());
    }
}
