package dev.keyledger.audit.admin;

import dev.keyledger.audit.privacy.Hold;
import dev.keyledger.audit.privacy.RefusedException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Legal holds: what is recorded about a person is neither erased nor pruned while one is in force. */
public final class HoldsResource {
    private static final int MAX_REASON = 1_000;

    private final RealmLog log;
    private final Caller caller;

    HoldsResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** Those that are in force. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        List<JsonValue> holds = log.privacy().holds().inForce().stream()
                .<JsonValue>map(HoldsResource::json)
                .toList();
        return CanonicalJson.format(new JsonObject(Map.of("holds", new JsonArray(holds))));
    }

    /** Puts a hold on somebody, or replaces it: {@code {"reason":"...","until":...}}. */
    @PUT
    @Path("{subject}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public String put(@PathParam("subject") String subject, @Nullable String body) {
        caller.requireErase();
        RequestBody request = RequestBody.parse(body, "reason", "until");
        String reason = request.required("reason", MAX_REASON, "it is what those will read who may not erase");
        Long until = request.moment("until");
        if (until != null && until <= log.now()) {
            throw BadRequest.error(400, "invalid_request", "until is over already");
        }
        try {
            return CanonicalJson.format(json(log.privacy().holds().put(subject, reason, until, caller.entries(log))));
        } catch (RefusedException e) {
            throw BadRequest.refused(e);
        }
    }

    /** Takes a hold off somebody. */
    @DELETE
    @Path("{subject}")
    public void release(@PathParam("subject") String subject) {
        caller.requireErase();
        try {
            if (!log.privacy().holds().release(subject, caller.entries(log))) {
                throw BadRequest.notFound("no hold is on this person");
            }
        } catch (RefusedException e) {
            throw BadRequest.refused(e);
        }
    }

    private static JsonObject json(Hold hold) {
        Map<String, JsonValue> json = SubjectsResource.json(hold);
        json.put("subject", new JsonString(hold.subject()));
        return new JsonObject(json);
    }
}
