package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How those are who are told a log. */
final class SinkJson {
    private SinkJson() {}

    /** All that are told a realm's log, those of the whole server first. */
    static JsonArray all(AuditRuntime runtime, String realmId) {
        long now = runtime.clock().millis();
        return new JsonArray(new Sinks(runtime.transactions())
                .of(realmId).stream()
                        .<JsonValue>map(sink -> new JsonObject(of(sink, now)))
                        .toList());
    }

    /** One of them. */
    static Map<String, JsonValue> of(SinkStatus sink, long now) {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("name", JsonString.of(sink.name()));
        json.put("kind", JsonString.of(sink.kind()));
        json.put("state", JsonString.of(sink.state()));
        json.put("ofServer", JsonLiteral.of(sink.isOfServer()));
        json.put("behind", JsonNumber.of(sink.behind()));
        json.put("lagSeconds", JsonNumber.of(sink.lagSeconds(now)));
        json.put("failures", JsonNumber.of(sink.failures()));
        json.put("failingSeconds", JsonNumber.of(sink.failingSeconds(now)));
        json.put("lastSuccess", time(sink.lastSuccess()));
        String error = sink.lastError();
        json.put("lastError", error == null ? JsonLiteral.NULL : JsonString.of(error));
        json.put("nextAttempt", time(sink.failures() == 0 ? null : sink.nextAttempt()));
        return json;
    }

    private static JsonValue time(@Nullable Long millis) {
        return millis == null ? JsonLiteral.NULL : JsonNumber.of(millis);
    }
}
