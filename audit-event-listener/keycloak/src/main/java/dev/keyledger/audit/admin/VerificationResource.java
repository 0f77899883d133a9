package dev.keyledger.audit.admin;

import dev.keyledger.audit.integrity.LogVerification;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The verification of one log by the server itself: what it has found, and one more, now. */
public final class VerificationResource {
    private static final int MAX_FINDINGS = 200;
    private static final int FULL_SPEED = 1_000_000;

    private final RealmLog log;
    private final AuditRuntime runtime;
    private final Caller caller;

    VerificationResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
        this.runtime = log.runtime();
    }

    /** When the log was verified, and what of what was found stands. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        Verifications verifications = new Verifications(runtime.transactions());
        Verifications.Times times = verifications.times(log.logId());
        List<JsonValue> findings = verifications.standing(log.logId(), MAX_FINDINGS).stream()
                .<JsonValue>map(found -> new JsonObject(Map.of(
                        "check", JsonString.of(found.check()),
                        "finding", JsonString.of(found.message()),
                        "time", JsonNumber.of(found.time()))))
                .toList();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("sampled", time(times.sampled()));
        json.put("verified", time(times.verified()));
        json.put("verifiedSize", JsonNumber.of(times.verifiedSize()));
        json.put("findings", new JsonArray(findings));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** Verifies the whole log at full speed, which costs the database something, and answers when it is done. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public String run() {
        caller.requireConfigure();
        LogVerification.Result result = new LogVerification(runtime, new SecureRandom(), () -> false)
                .everything(log.epoch(), FULL_SPEED)
                .orElseThrow(() -> BadRequest.error(
                        409, "busy", "this log is being verified right now; ask again, or read what is found"));
        List<JsonValue> findings = result.findings().stream()
                .<JsonValue>map(found -> new JsonObject(
                        Map.of("check", JsonString.of(found.check()), "finding", JsonString.of(found.message()))))
                .toList();
        return CanonicalJson.format(new JsonObject(Map.of(
                "entries", JsonNumber.of(result.entries()),
                "size", JsonNumber.of(result.size()),
                "findings", new JsonArray(findings))));
    }

    private static JsonValue time(long time) {
        return time == 0 ? JsonLiteral.NULL : JsonNumber.of(time);
    }
}
