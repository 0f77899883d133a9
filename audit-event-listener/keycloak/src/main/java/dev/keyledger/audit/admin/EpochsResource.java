package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The epochs of one realm's log, each a log of its own, and the ceremony that begins the next one. */
public final class EpochsResource {
    private static final int MAX_REASON = 1_000;

    private final RealmLog log;
    private final AuditRuntime runtime;
    private final Caller caller;
    private final Function<RealmLog, AuditAdminResource> endpoints;

    /** @param endpoints the endpoints of one log */
    EpochsResource(RealmLog log, Caller caller, Function<RealmLog, AuditAdminResource> endpoints) {
        this.log = log;
        this.runtime = log.runtime();
        this.caller = caller;
        this.endpoints = endpoints;
    }

    /** All epochs, the newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        List<JsonValue> epochs = new ArrayList<>();
        for (LogEpoch epoch : runtime.directory().epochs(log.realmId())) {
            epochs.add(json(epoch));
        }
        return CanonicalJson.format(new JsonArray(epochs));
    }

    /** The endpoints of one epoch: its status, entries, proofs, tiles and bundle. */
    @Path("{number}")
    public AuditAdminResource epoch(@PathParam("number") String number) {
        return runtime.directory().epochs(log.realmId()).stream()
                .filter(epoch -> Integer.toString(epoch.number()).equals(number))
                .findFirst()
                .map(epoch -> endpoints.apply(log.epoch(epoch)))
                .orElseThrow(() -> BadRequest.notFound("this log has no such epoch"));
    }

    /**
     * Ends a halt: freezes the halted log and begins the next epoch. The body is {@code {"reason":"..."}}. At the log of
     * the server it may name another log, {@code "log":"<realm id>"}: that of a realm which the database has lost.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response begin(String body) {
        caller.requireConfigure();
        JsonObject json = parse(body);
        LogEpoch begun = runtime.recovery()
                .begin(caller.session(), realm(json), reason(json))
                .orElseThrow(() -> BadRequest.error(
                        409, "not_halted", "the log is not halted; a new epoch begins only where one was halted"));
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(CanonicalJson.format(json(begun)))
                .build();
    }

    private static JsonObject parse(String body) {
        try {
            return JsonReader.parseObject(body);
        } catch (FormatException e) {
            throw BadRequest.error(400, "invalid_request", "body is no JSON object: " + e.getMessage());
        }
    }

    private String realm(JsonObject json) {
        JsonValue other = json.get("log");
        if (other == null) {
            return log.realmId();
        }
        if (other instanceof JsonString id && log.realmId().equals(LogDirectory.SERVER)) {
            return id.value();
        }
        throw BadRequest.error(
                400, "invalid_request", "another log can be named, by the id of its realm, at the log of the server");
    }

    private static String reason(JsonObject json) {
        String reason =
                json.get("reason") instanceof JsonString text ? text.value().strip() : "";
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw BadRequest.error(
                    400,
                    "invalid_request",
                    "reason is missing, empty or of more than " + MAX_REASON
                            + " characters: it is what those will read who ask why the log was halted");
        }
        return reason;
    }

    private JsonObject json(LogEpoch epoch) {
        LogStatus status = LogStatus.read(runtime.transactions(), epoch.logId());
        return new JsonObject(Map.of(
                "epoch", JsonNumber.of(epoch.number()),
                "origin", new JsonString(epoch.origin()),
                "state", new JsonString(status.state()),
                "size", JsonNumber.of(status.size()),
                "signedSize", JsonNumber.of(status.signedSize())));
    }
}
