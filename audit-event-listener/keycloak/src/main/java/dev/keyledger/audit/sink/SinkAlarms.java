package dev.keyledger.audit.sink;

import dev.keyledger.audit.storage.SinkStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Says once, in the server's log, of each sink that it has failed for too long, and once that it does not any more. */
final class SinkAlarms {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Duration patience;
    private final InstantSource clock;
    private final Set<String> raised = new HashSet<>();

    SinkAlarms(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Looks at all sinks; answers the ids of those that have failed for too long. */
    Set<String> raise(List<SinkStatus> statuses) {
        Set<String> failing = new HashSet<>();
        for (SinkStatus sink : statuses) {
            if (sink.hasFailedFor(patience, clock.millis())) {
                failing.add(sink.sinkId());
                if (raised.add(sink.sinkId())) {
                    LOG.errorf(
                            "AUDIT ALARM: sink %s of %s fails since %s, and has not been told %d entries: %s",
                            sink.name(),
                            sink.isOfServer() ? "all logs" : "realm " + sink.realmId(),
                            Instant.ofEpochMilli(clock.millis()
                                    - Duration.ofSeconds(sink.failingSeconds(clock.millis()))
                                            .toMillis()),
                            sink.behind(),
                            sink.lastError());
                }
            }
        }
        raised.removeIf(sinkId -> {
            boolean over = !failing.contains(sinkId);
            if (over) {
                LOG.infof("sink %s is told the log again", sinkId);
            }
            return over;
        });
        return failing;
    }
}
