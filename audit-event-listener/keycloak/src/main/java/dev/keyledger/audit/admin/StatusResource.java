package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of the log, and what the caller may do with it. */
public final class StatusResource {
    private final RealmLog log;
    private final Caller caller;

    StatusResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        LogStatus status = log.status();
        SignedCheckpoint checkpoint = status.checkpoint();
        Long time = status.checkpointTime();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("origin", new JsonString(status.origin()));
        json.put("epoch", JsonNumber.of(status.epoch()));
        json.put("state", new JsonString(status.state()));
        json.put("haltReason", text(status.haltReason()));
        json.put("size", JsonNumber.of(status.size()));
        json.put("signedSize", JsonNumber.of(status.signedSize()));
        json.put("minIndex", JsonNumber.of(log.pruned().minIndex()));
        json.put("staged", JsonNumber.of(status.staged()));
        json.put("quarantined", JsonNumber.of(status.quarantined()));
        json.putAll(KeyResource.status(log, checkpoint));
        json.put("checkpoint", text(checkpoint == null ? null : checkpoint.format()));
        json.put("checkpointTime", time == null ? JsonLiteral.NULL : JsonNumber.of(time));
        json.putAll(log.integrity());
        json.put("sinks", SinkJson.all(log.runtime(), log.realmId()));
        json.put(
                "rights",
                new JsonArray(
                        caller.rights().stream().<JsonValue>map(JsonString::new).toList()));
        return CanonicalJson.format(new JsonObject(json));
    }

    private static JsonValue text(@Nullable String text) {
        return text == null ? JsonLiteral.NULL : JsonString.of(text);
    }
}
