package dev.keyledger.audit.admin;

import dev.keyledger.audit.retention.Pruner;
import dev.keyledger.audit.retention.Retention;
import dev.keyledger.audit.retention.RetentionPolicy;
import dev.keyledger.audit.storage.PrunedUnit;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** How long the database keeps a log's entries, and what it does not have any more. */
public final class RetentionResource {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int DEFAULT_UNIT = 65_536;

    private final RealmLog log;
    private final Caller caller;
    private final Retention retention;

    RetentionResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
        log.requireKeys();
        this.retention = new Retention(log.runtime(), log.epoch());
    }

    /** The periods in force, and what was pruned. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        return shown(
                retention
                        .policy()
                        .orElseThrow(
                                () -> BadRequest.error(
                                        409,
                                        "policy_forged",
                                        "the retention policy in AUDIT_RETENTION is not what was decided, and nothing is pruned; PUT it again")));
    }

    /** Replaces the periods. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public String put(String body) {
        caller.requireConfigure();
        RetentionPolicy wanted = parse(body);
        retention.change(caller.session(), wanted);
        return shown(wanted);
    }

    /** Prunes now what is due; answers what was pruned. */
    @POST
    @Path("prune")
    @Produces(MediaType.APPLICATION_JSON)
    public String prune() {
        caller.requireConfigure();
        if (retention.unit().isEmpty()) {
            throw BadRequest.error(
                    409, "no_archives", "this server has no place for archives, without which nothing is pruned");
        }
        try {
            List<JsonValue> done = retention
                    .prune(caller.entries(log))
                    .orElseThrow(() -> BadRequest.error(409, "busy", "a node of the cluster prunes this log now"))
                    .stream()
                    .map(RetentionResource::json)
                    .toList();
            return CanonicalJson.format(new JsonObject(
                    Map.of("minIndex", JsonNumber.of(retention.minIndex()), "pruned", new JsonArray(done))));
        } catch (IOException | VerificationException e) {
            LOG.error("AUDIT ALARM: Keyledger could not prune", e);
            throw BadRequest.error(
                    500, "prune_failed", "an archive or the log is not what it was; the server's log says which");
        }
    }

    private static RetentionPolicy parse(String body) {
        try {
            JsonObject json = JsonReader.parseObject(body);
            if (!json.members().keySet().equals(Set.of("periods"))) {
                throw new FormatException("want {\"periods\":{\"user\":...,\"admin\":...,\"scim\":...}}");
            }
            return RetentionPolicy.parse(json.object("periods"));
        } catch (FormatException e) {
            throw BadRequest.error(400, "invalid_request", String.valueOf(e.getMessage()));
        }
    }

    private String shown(RetentionPolicy policy) {
        long size = log.status().size();
        OptionalLong undelivered = retention.undelivered(size);
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("archiving", JsonLiteral.of(retention.unit().isPresent()));
        json.put("unit", JsonNumber.of(retention.unit().orElse(DEFAULT_UNIT)));
        json.put("minIndex", JsonNumber.of(retention.minIndex()));
        json.put("size", JsonNumber.of(size));
        json.put("periods", policy.toJson());
        json.put("undelivered", undelivered.isPresent() ? JsonNumber.of(undelivered.getAsLong()) : JsonLiteral.NULL);
        json.put(
                "pruned",
                new JsonArray(retention.pruned().stream()
                        .<JsonValue>map(unit -> new JsonObject(members(unit)))
                        .toList()));
        return CanonicalJson.format(new JsonObject(json));
    }

    private static JsonValue json(Pruner.Done done) {
        Map<String, JsonValue> json = members(done.unit());
        json.put("deleted", JsonNumber.of(done.deleted()));
        return new JsonObject(json);
    }

    private static Map<String, JsonValue> members(PrunedUnit unit) {
        Long index = unit.index();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("from", JsonNumber.of(unit.from()));
        json.put("to", JsonNumber.of(unit.to()));
        json.put("kept", JsonNumber.of(unit.count()));
        json.put("pruned", JsonNumber.of(unit.time()));
        json.put("index", index == null ? JsonLiteral.NULL : JsonNumber.of(index));
        return json;
    }
}
