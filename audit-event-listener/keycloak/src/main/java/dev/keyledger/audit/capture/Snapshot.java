package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one thing at one moment, secrets included: it is only ever compared, see {@link Change#between}. */
record Snapshot(@Nullable String name, Map<String, JsonValue> attributes) {}
