package dev.keyledger.audit.runtime;

import dev.keyledger.audit.storage.IntegrityRows;
import org.jspecify.annotations.Nullable;

/**
 * How the logs were when this node last looked, some seconds ago.
 *
 * @param oldestVerified when the log that waits longest was verified as a whole, epoch milliseconds; 0 for never
 * @param keyProblem why a key of this node is not to be had; null when all are
 * @param time when it was looked at, epoch milliseconds; 0 for never
 */
public record IntegrityState(
        IntegrityRows.Counts counts,
        long oldestVerified,
        @Nullable String keyProblem,
        long time) {
    /** Before anybody has looked. */
    static final IntegrityState UNKNOWN = new IntegrityState(IntegrityRows.Counts.NONE, 0, null, 0);

    /** Milliseconds for which the oldest staged entry had been waiting. */
    public long lag() {
        Long oldest = counts.oldestStaged();
        return oldest == null ? 0 : Math.max(0, time - oldest);
    }
}
