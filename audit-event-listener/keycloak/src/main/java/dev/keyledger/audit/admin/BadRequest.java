package dev.keyledger.audit.admin;

import dev.keyledger.audit.privacy.RefusedException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The errors of this API: {@code {"error":"...","error_description":"..."}}. */
final class BadRequest {
    private static final int MAX_ECHO = 60;

    private BadRequest() {}

    static WebApplicationException parameter(String name, String got, String want) {
        String echoed = got.length() > MAX_ECHO ? got.substring(0, MAX_ECHO) + "…" : got;
        return error(400, "invalid_request", "parameter " + name + " is \"" + echoed + "\", want " + want);
    }

    static WebApplicationException notFound(String what) {
        return error(404, "not_found", what);
    }

    static WebApplicationException forbidden(String why) {
        return error(403, "access_denied", why);
    }

    static WebApplicationException refused(RefusedException refused) {
        String message = String.valueOf(refused.getMessage());
        return switch (refused.why()) {
            case UNKNOWN -> notFound(message);
            case HELD -> error(409, "held", message);
            case UNDER_WAY -> error(409, "under_way", message);
            case HALTED -> error(409, "halted", message);
            case NAMES_PERSON -> error(400, "invalid_request", message);
        };
    }

    static WebApplicationException error(int status, String error, String description) {
        JsonObject json =
                new JsonObject(Map.of("error", new JsonString(error), "error_description", JsonString.of(description)));
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(CanonicalJson.format(json))
                .build());
    }
}
