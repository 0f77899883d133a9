package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
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
    private IntegrityJson() {}

    /** The member {@code witness}: null when there is none. */
    static Map<String, JsonValue> of(AuditRuntime runtime, String origin) {
        return Map.of(
                "witness",
                runtime.witness().map(witness -> witness(witness, origin)).orElse(JsonLiteral.NULL));
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
