package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one thing at one moment, secrets included: it is only ever compared, see {@link Change#between}.
 *
 * @param id what identifies the thing whatever it is called; null when it has nothing but its type
 */
record Snapshot(@Nullable String id, @Nullable String name, Map<String, JsonValue> attributes) {}
