package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.sink.RealmSinks;
import dev.keyledger.audit.storage.SinkAttemptEntity;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The webhooks of a realm's log. */
public final class SinksResource {
    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_OVERLAP = 10_080;

    private final RealmLog log;
    private final Caller caller;
    private final RealmSinks sinks;

    /** Throws unless the caller may configure the log. */
    SinksResource(RealmLog log, Caller caller) {
        caller.requireConfigure();
        log.requireKeys();
        this.log = log;
        this.caller = caller;
        this.sinks = new RealmSinks(
                log.runtime(), AuditRuntime.Holder.of(caller.session()).sinks(), log.realmId(), log.logId());
    }

    /** All webhooks, and how they are. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        List<JsonValue> shown = statuses().stream().<JsonValue>map(this::shown).toList();
        return CanonicalJson.format(new JsonArray(shown));
    }

    /** One webhook, and how it is. */
    @GET
    @Path("{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public String get(@PathParam("name") String name) {
        return CanonicalJson.format(statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .map(this::shown)
                .orElseThrow(() -> none(name)));
    }

    /** Makes or replaces a webhook; the answer to the first has the secret, and no other. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, String body) {
        RealmSinks.Put put = checked(() -> sinks.put(caller.session(), name, JsonReader.parseObject(body)));
        Map<String, JsonValue> json = new TreeMap<>(put.shown());
        json.put("name", JsonString.of(name));
        String secret = put.secret();
        if (secret != null) {
            json.put("secret", JsonString.of(secret));
        }
        return Response.status(secret == null ? Response.Status.OK : Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(CanonicalJson.format(new JsonObject(json)))
                .build();
    }

    /** Removes a webhook. */
    @DELETE
    @Path("{name}")
    public Response delete(@PathParam("name") String name) {
        if (!sinks.delete(caller.session(), name)) {
            throw none(name);
        }
        return Response.noContent().build();
    }

    /** Gives a webhook a new secret; the one before signs beside it for so many minutes. */
    @POST
    @Path("{name}/secret")
    @Produces(MediaType.APPLICATION_JSON)
    public String rotate(
            @PathParam("name") String name, @QueryParam("overlapMinutes") @DefaultValue("1440") String overlap) {
        if (!overlap.matches("[0-9]{1,5}") || Integer.parseInt(overlap) > MAX_OVERLAP) {
            throw BadRequest.parameter("overlapMinutes", overlap, "0 to " + MAX_OVERLAP);
        }
        String secret = sinks.rotate(caller.session(), name, Duration.ofMinutes(Integer.parseInt(overlap)))
                .orElseThrow(() -> none(name));
        return CanonicalJson.format(new JsonObject(Map.of("secret", JsonString.of(secret))));
    }

    /** Lets a webhook be told the log from an index on: {@code {"from":42}}. */
    @POST
    @Path("{name}/redeliver")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response redeliver(@PathParam("name") String name, String body) {
        boolean known = checked(() -> sinks.redeliver(
                caller.session(), name, JsonReader.parseObject(body).integer("from")));
        if (!known) {
            throw none(name);
        }
        return Response.noContent().build();
    }

    /** The last messages that were sent, and what came back. */
    @GET
    @Path("{name}/deliveries")
    @Produces(MediaType.APPLICATION_JSON)
    public String deliveries(@PathParam("name") String name) {
        String id = sinks.id(caller.session(), name).orElseThrow(() -> none(name));
        return CanonicalJson.format(new JsonArray(new Sinks(log.runtime().transactions())
                .attempts(id, MAX_ATTEMPTS).stream()
                        .<JsonValue>map(SinksResource::json)
                        .toList()));
    }

    private List<SinkStatus> statuses() {
        return new Sinks(log.runtime().transactions())
                .of(log.realmId()).stream()
                        .filter(status -> !status.isOfServer())
                        .toList();
    }

    private JsonObject shown(SinkStatus status) {
        Map<String, JsonValue> json = new TreeMap<>(SinkJson.of(status, log.now()));
        try {
            sinks.find(caller.session(), status.name()).ifPresent(json::putAll);
        } catch (IllegalStateException e) {
            // Somebody else wrote the row: where it would go is not known, and nothing is sent there.
            json.put("lastError", JsonString.of(String.valueOf(e.getMessage())));
        }
        return new JsonObject(json);
    }

    private static JsonObject json(SinkAttemptEntity attempt) {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("attempt", JsonNumber.of(attempt.attempt));
        json.put("time", JsonNumber.of(attempt.time));
        json.put("id", JsonString.of(attempt.messageId));
        json.put("index", number(attempt.logIndex));
        Integer status = attempt.status;
        json.put("status", number(status == null ? null : status.longValue()));
        String error = attempt.error;
        json.put("error", error == null ? JsonLiteral.NULL : JsonString.of(error));
        json.put("millis", JsonNumber.of(attempt.millis));
        return new JsonObject(json);
    }

    private static JsonValue number(@Nullable Long number) {
        return number == null ? JsonLiteral.NULL : JsonNumber.of(number);
    }

    private static <R> R checked(Supplier<R> work) {
        try {
            return work.get();
        } catch (FormatException e) {
            throw BadRequest.error(400, "invalid_request", String.valueOf(e.getMessage()));
        }
    }

    private static WebApplicationException none(String name) {
        String known = name.matches("[A-Za-z0-9._-]{1,100}") ? " " + name : "";
        return BadRequest.notFound("this realm's log has no webhook" + known);
    }
}
