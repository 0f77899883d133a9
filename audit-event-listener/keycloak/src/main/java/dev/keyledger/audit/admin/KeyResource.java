package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.HeldKey;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.SignatureType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;

/** The keys of one log; with the server's log, also their rotation, which concerns every log. */
public final class KeyResource {
    private final RealmLog log;
    private final Caller caller;

    KeyResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** All keys of the log, oldest first, and where the master key is. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String keys() {
        SignedCheckpoint checkpoint = log.checkpoint().orElse(null);
        List<JsonValue> keys =
                log.keys().stream().<JsonValue>map(key -> json(key, checkpoint)).toList();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("custody", new JsonString(log.custody().label()));
        json.put("keys", new JsonArray(keys));
        json.put("problem", log.keyProblem().<JsonValue>map(JsonString::of).orElse(JsonLiteral.NULL));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** Makes a new signing key and introduces it to every log; answers the keys, of which the last is the new one. */
    @POST
    @Path("rotate")
    @Produces(MediaType.APPLICATION_JSON)
    public String rotate() {
        if (!log.realmId().equals(LogDirectory.SERVER)) {
            throw BadRequest.notFound("keys are rotated for all logs at once, at the log of the server");
        }
        caller.requireConfigure();
        log.requireKeys();
        log.runtime().rotations().rotate();
        // Who asked for it is told in the log of the admin realm, as of any admin event.
        caller.adminEvent()
                .operation(OperationType.ACTION)
                .resource("AUDIT_LOG_KEY")
                .resourcePath("audit-log/server/keys/rotate")
                .success();
        return keys();
    }

    /** What the status of a log tells of its keys. */
    static Map<String, JsonValue> status(RealmLog log, @Nullable SignedCheckpoint checkpoint) {
        List<HeldKey> held = log.keys();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("keyCustody", new JsonString(log.custody().label()));
        json.put("keyProblem", log.keyProblem().<JsonValue>map(JsonString::of).orElse(JsonLiteral.NULL));
        List<JsonValue> signing = held.stream()
                .filter(key -> signs(key, checkpoint))
                .<JsonValue>map(key -> new JsonString(key.vkey().toString()))
                .toList();
        json.put("vkeys", new JsonArray(signing));
        json.put(
                "vkey",
                newest(held)
                        .<JsonValue>map(key -> new JsonString(key.vkey().toString()))
                        .orElse(JsonLiteral.NULL));
        json.put(
                "keyRotation",
                held.stream()
                        .filter(key -> key.covered() != null)
                        .reduce((older, newer) -> newer)
                        .<JsonValue>map(key -> json(key, checkpoint))
                        .orElse(JsonLiteral.NULL));
        return json;
    }

    /** The newest Ed25519 key that signs, or will when the log is signed for the first time. */
    private static Optional<HeldKey> newest(List<HeldKey> held) {
        return held.stream()
                .filter(key -> key.vkey().type() == SignatureType.ED25519)
                .filter(key -> key.entryId() == null || key.covered() != null)
                .reduce((older, newer) -> newer);
    }

    private static JsonObject json(HeldKey key, @Nullable SignedCheckpoint checkpoint) {
        Long index = key.index();
        HeldKey.Covered covered = key.covered();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("vkey", new JsonString(key.vkey().toString()));
        json.put("keyId", new JsonString(key.vkey().keyIdHex()));
        json.put("type", new JsonString(SignatureType.describe(key.vkey().type())));
        json.put("signs", JsonLiteral.of(signs(key, checkpoint)));
        json.put("entry", key.entryId() == null ? JsonLiteral.NULL : new JsonString(key.entryId()));
        json.put("index", index == null ? JsonLiteral.NULL : JsonNumber.of(index));
        json.put("sinceSize", covered == null ? JsonLiteral.NULL : JsonNumber.of(covered.size()));
        json.put("sinceTime", covered == null ? JsonLiteral.NULL : JsonNumber.of(covered.time()));
        return new JsonObject(json);
    }

    private static boolean signs(HeldKey key, @Nullable SignedCheckpoint checkpoint) {
        return checkpoint != null && checkpoint.note().signatures().stream().anyMatch(line -> line.isBy(key.vkey()));
    }
}
