package dev.keyledger.audit.capture;

import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as far as it is known when its event is raised.
 *
 * @param realmId of the realm whose log it goes to
 * @param change what the event itself says of the change; used when nothing was observed
 * @param observed whether before and after are to be read from Keycloak's models
 */
record Draft(
        String realmId,
        EntryKind kind,
        String operation,
        String resourceType,
        boolean success,
        long time,
        @Nullable JsonObject actor,
        @Nullable Target target,
        @Nullable JsonObject net,
        Change change,
        Map<String, JsonValue> details,
        @Nullable String error,
        boolean observed) {}
