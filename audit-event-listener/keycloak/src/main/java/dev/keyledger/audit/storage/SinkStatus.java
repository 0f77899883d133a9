package dev.keyledger.audit.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is. Times are epoch milliseconds.
 *
 * @param realmId or {@link SinkEntity#ALL}
 * @param failures since the last success
 * @param failingSince of the first of them; null when there is none
 * @param nextAttempt not before then
 * @param behind signed entries that it has not been told
 * @param oldestBehind time of the oldest of them; null when there is none, or its row is lost
 */
public record SinkStatus(
        String sinkId,
        String realmId,
        String name,
        String kind,
        String state,
        int failures,
        @Nullable Long failingSince,
        long nextAttempt,
        @Nullable Long lastSuccess,
        @Nullable String lastError,
        long behind,
        @Nullable Long oldestBehind) {
    /** Seconds that the oldest entry which it has not been told is old. */
    public long lagSeconds(long now) {
        Long oldest = oldestBehind;
        return oldest == null ? 0 : Math.max(0, (now - oldest) / 1_000);
    }

    /** Seconds for which it has been failing. */
    public long failingSeconds(long now) {
        Long since = failingSince;
        return since == null ? 0 : Math.max(0, (now - since) / 1_000);
    }

    /** Whether it has been failing for as long as this. */
    public boolean hasFailedFor(Duration length, long now) {
        return failingSince != null && failingSeconds(now) >= length.toSeconds();
    }

    /** Whether it is told every log of the server. */
    public boolean isOfServer() {
        return realmId.equals(SinkEntity.ALL);
    }
}
