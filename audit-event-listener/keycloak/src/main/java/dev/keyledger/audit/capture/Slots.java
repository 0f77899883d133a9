package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the value of a slot from members that may be unknown. */
final class Slots {
    private static final int MAX_MEMBER = 1_000;

    private final Map<String, JsonValue> members = new TreeMap<>();

    /** Adds a member, bounded; an unknown one is left out. */
    Slots with(String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            members.put(name, Flattening.bounded(text, MAX_MEMBER));
        }
        return this;
    }

    /** The value; null when every member is unknown. */
    @Nullable
    JsonObject orNull() {
        return members.isEmpty() ? null : new JsonObject(members);
    }

    JsonObject value() {
        return new JsonObject(members);
    }

    /** The target slot. */
    static JsonObject target(Target target) {
        return new Slots()
                .with("type", target.type())
                .with("id", target.id())
                .with("name", target.name())
                .with("path", target.path())
                .value();
    }
}
