package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.witness.WitnessRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What watches over a log, as its status tells it. */
final class IntegrityJson {
    private static final int MAX_COUNTED = 200;

    private IntegrityJson() {}

    /** The members {@code witness}, null when there is none, and {@code verification}. */
    static Map<String, JsonValue> of(AuditRuntime runtime, String logId) {
        String origin = runtime.origin(logId);
        return Map.of(
                "witness",
                runtime.witness().map(witness -> witness(witness, origin)).orElse(JsonLiteral.NULL),
                "verification",
                verification(new Verifications(runtime.transactions()), logId));
    }

    private static JsonValue verification(Verifications verifications, String logId) {
        Verifications.Times times = verifications.times(logId);
        return new JsonObject(Map.of(
                "findings",
                JsonNumber.of(verifications.standing(logId, MAX_COUNTED).size()),
                "time",
                times.verified() == 0 ? JsonLiteral.NULL : JsonNumber.of(times.verified()),
                "size",
                JsonNumber.of(times.verifiedSize())));
    }

    private static JsonValue witness(FileWitness witness, String origin) {
        FileWitness.Health health = witness.health();
        List<WitnessRecord> newest = witness.newest().getOrDefault(origin, List.of());
        String error = health.error();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("path", JsonString.of(health.path()));
        json.put("error", error == null ? JsonLiteral.NULL : JsonString.of(error));
        json.put("errors", JsonNumber.of(health.errors()));
        json.put(
                "size",
                newest.isEmpty()
                        ? JsonLiteral.NULL
                        : JsonNumber.of(newest.get(0).size()));
        return new JsonObject(json);
    }
}
