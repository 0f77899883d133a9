package dev.keyledger.audit.admin;

import dev.keyledger.audit.retention.Archiver;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.runtime.Witnesses;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.witness.WitnessRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What watches over a log, as its status tells it. */
final class IntegrityJson {
    private static final int MAX_COUNTED = 200;

    private IntegrityJson() {}

    /**
     * The members {@code witness} (the file), {@code witnesses} (those that are asked), {@code archives} and {@code
     * timeStamp}, null when there is none, and {@code verification}.
     */
    static Map<String, JsonValue> of(AuditRuntime runtime, String logId) {
        String origin = runtime.origin(logId);
        return Map.of(
                "witness",
                runtime.witness().map(witness -> witness(witness, origin)).orElse(JsonLiteral.NULL),
                "witnesses",
                runtime.witnesses()
                        .map(witnesses -> witnesses(witnesses, runtime, logId))
                        .orElse(JsonLiteral.NULL),
                "archives",
                runtime.archiving()
                        .map(errand -> archives(errand, runtime, logId))
                        .orElse(JsonLiteral.NULL),
                "timeStamp",
                timeStamp(runtime, logId),
                "verification",
                verification(new Verifications(runtime.transactions()), logId));
    }

    private static JsonValue archives(Errand errand, AuditRuntime runtime, String logId) {
        long size = Archiver.of(runtime).map(archiver -> archiver.end(logId)).orElse(0L);
        return new JsonObject(Map.of("size", JsonNumber.of(size), "error", error(errand)));
    }

    /** Null when nobody is asked for one and there is none. */
    private static JsonValue timeStamp(AuditRuntime runtime, String logId) {
        Optional<Timestamps.Stamped> last = new Timestamps(runtime.transactions()).last(logId);
        Optional<Errand> errand = runtime.stamping();
        if (last.isEmpty() && errand.isEmpty()) {
            return JsonLiteral.NULL;
        }
        return new JsonObject(Map.of(
                "size",
                JsonNumber.of(last.map(Timestamps.Stamped::size).orElse(0L)),
                "time",
                last.<JsonValue>map(stamped -> JsonNumber.of(stamped.time())).orElse(JsonLiteral.NULL),
                "error",
                errand.map(IntegrityJson::error).orElse(JsonLiteral.NULL)));
    }

    private static JsonValue error(Errand errand) {
        return errand.error().<JsonValue>map(JsonString::of).orElse(JsonLiteral.NULL);
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

    private static JsonValue witnesses(Witnesses witnesses, AuditRuntime runtime, String logId) {
        long signed = new Checkpoints(runtime.transactions())
                .newest(logId)
                .map(newest -> newest.checkpoint().head().size())
                .orElse(0L);
        long quorum = Math.min(signed, witnesses.quorum(logId));
        return new JsonObject(Map.of(
                "quorumSize",
                JsonNumber.of(quorum),
                "quorumLag",
                JsonNumber.of(signed - quorum),
                "overdue",
                JsonLiteral.of(witnesses.state().overdue().contains(runtime.origin(logId))),
                "asked",
                new JsonArray(witnesses.health(logId).stream()
                        .<JsonValue>map(health -> witness(health, signed))
                        .toList())));
    }

    private static JsonValue witness(Witnesses.Health health, long signed) {
        String error = health.error();
        return new JsonObject(Map.of(
                "name",
                JsonString.of(health.witness().name()),
                "vkey",
                JsonString.of(health.witness().vkey().toString()),
                "url",
                JsonString.of(String.valueOf(health.witness().url())),
                "size",
                JsonNumber.of(health.size()),
                "time",
                health.time() == 0 ? JsonLiteral.NULL : JsonNumber.of(health.time()),
                "lag",
                JsonNumber.of(Math.max(0, signed - health.size())),
                "error",
                error == null ? JsonLiteral.NULL : JsonString.of(error)));
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
