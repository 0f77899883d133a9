package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LastTold;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** The settings of the log as the server's log tells them: it is its own memory of them. */
final class PolicyHistory {
    /** The operation of entries that tell a change of the settings. */
    static final String OPERATION = "POLICY";

    private final String logId;
    private final LastTold told;

    PolicyHistory(LogDirectory directory, Transactions transactions, KeyRing keys) {
        this.logId = directory.current(LogDirectory.SERVER);
        this.told = new LastTold(transactions, directory, keys);
    }

    /** The settings that were recorded last; empty when none were. */
    Optional<Map<String, JsonValue>> last() {
        return told.ofLog(logId, OPERATION).stream()
                .findFirst()
                .filter(change -> change.get("after") instanceof JsonObject)
                .map(change -> change.object("after").members());
    }
}
