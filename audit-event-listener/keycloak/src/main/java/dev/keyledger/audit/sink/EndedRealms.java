package dev.keyledger.audit.sink;

import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Removes the webhooks of realms that are gone: when they have been told the last of the realm's log, are paused, or have
 * failed for a day. Commit point: the transaction in which the row of the webhook goes; what it has been told goes later, and
 * leads nobody anywhere.
 */
final class EndedRealms {
    /** Where nothing is taken for so long nothing will be. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Sinks sinks;
    private final Predicate<String> exists;
    private final InstantSource clock;
    private final Duration settled;
    private final Map<String, Long> gone = new HashMap<>();

    /**
     * @param exists whether there is a realm with an id
     * @param settled after so long everything that was staged when the realm went is signed
     */
    EndedRealms(Sinks sinks, Predicate<String> exists, InstantSource clock, Duration settled) {
        this.sinks = sinks;
        this.exists = exists;
        this.clock = clock;
        this.settled = settled;
    }

    /** Looks at all sinks; answers how many were removed. */
    int look(List<SinkStatus> statuses) {
        long now = clock.millis();
        List<SinkStatus> ended = statuses.stream()
                .filter(sink -> !sink.isOfServer() && !exists.test(sink.realmId()))
                .toList();
        gone.keySet().retainAll(ended.stream().map(SinkStatus::sinkId).collect(Collectors.toSet()));
        int removed = 0;
        for (SinkStatus sink : ended) {
            long since = gone.computeIfAbsent(sink.sinkId(), id -> now);
            boolean told = sink.behind() == 0 || sink.state().equals(Sinks.PAUSED);
            if ((told && now - since >= settled.toMillis()) || sink.hasFailedFor(PATIENCE, now)) {
                sinks.remove(sink.sinkId());
                removed++;
            }
        }
        return removed;
    }
}
