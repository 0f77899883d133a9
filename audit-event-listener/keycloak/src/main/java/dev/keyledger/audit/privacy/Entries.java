package dev.keyledger.audit.privacy;

import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes, and does not store, the entries that record what is done here. A port: they tell who asks. */
@FunctionalInterface
public interface Entries {
    /**
     * Makes an entry of a log.
     *
     * @param userId whom it is about; null for the log itself
     */
    StageEntity make(LogEpoch log, String operation, @Nullable String userId, Map<String, JsonValue> details);
}
