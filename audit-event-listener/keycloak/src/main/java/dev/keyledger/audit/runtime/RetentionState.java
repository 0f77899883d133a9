package dev.keyledger.audit.runtime;

import java.util.Map;

/**
 * How pruning was when this node last looked.
 *
 * @param minIndex of the logs that were pruned, by their ids
 * @param deleted entries that this node has pruned since it started
 * @param blockedBySink logs of which a lagging sink has kept something for more than a day
 * @param failing logs that could not be pruned, because an archive or the log is not what it was
 */
public record RetentionState(Map<String, Long> minIndex, long deleted, int blockedBySink, int failing) {
    /** Before anybody has looked. */
    public static final RetentionState UNKNOWN = new RetentionState(Map.of(), 0, 0, 0);

    public RetentionState {
        minIndex = Map.copyOf(minIndex);
    }
}
