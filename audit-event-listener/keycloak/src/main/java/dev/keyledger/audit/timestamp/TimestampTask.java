package dev.keyledger.audit.timestamp;

import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.sequence.LogHead;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Has the newest checkpoint of every log stamped that grew since its last stamp. Sealing and signing do not wait for it;
 * when no authority answers, an alarm is logged, and it is tried again in the next round. What is missing then is stamped with
 * the next checkpoint that is: it stands for all before it.
 */
public final class TimestampTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final List<TimestampAuthority> authorities;
    private final Duration interval;
    private final Timestamps timestamps;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final Rounds rounds;
    private final LogHeads heads;
    private final Errand errand;

    public TimestampTask(
            TimestampSettings settings,
            Transactions transactions,
            InstantSource clock,
            SecureRandom random,
            Errand errand) {
        this.authorities = settings.authorities().stream()
                .map(address -> new TimestampAuthority(address, random))
                .toList();
        this.interval = settings.interval();
        this.timestamps = new Timestamps(transactions);
        this.checkpoints = new Checkpoints(transactions);
        this.heads = new LogHeads(transactions);
        this.clock = clock;
        this.errand = errand;
        Duration pause = interval.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : interval;
        this.rounds = new Rounds("keyledger-timestamp", this::round, () -> pause);
    }

    public void start() {
        rounds.start();
    }

    /** Waits until the round is over. */
    public void stop() {
        rounds.stop();
    }

    /** Stamps what is due; ends with the first log that no authority stamps. */
    void round() {
        try {
            errand.show(waiting());
            for (String logId : timestamps.due(clock.instant().minus(interval))) {
                if (rounds.isStopped()) {
                    return;
                }
                SignedCheckpoint newest = checkpoints.newest(logId).orElse(null);
                if (newest != null) {
                    stamp(logId, newest);
                }
            }
            if (errand.succeeded()) {
                LOG.info("Checkpoints are stamped again");
            }
            errand.show(waiting());
        } catch (IOException e) {
            if (errand.failed(String.valueOf(e.getMessage()))) {
                LOG.errorf(
                        "AUDIT ALARM: no time stamp authority stamps the checkpoints: %s. It is tried again.",
                        e.getMessage());
            }
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger could not have checkpoints stamped, and tries again", e);
        }
    }

    private void stamp(String logId, SignedCheckpoint checkpoint) throws IOException {
        TimestampAuthority.Stamp stamp = ask(checkpoint.note().textBytes());
        timestamps.add(
                logId, checkpoint.checkpoint().head().size(), stamp.token().time(), stamp.response());
    }

    private TimestampAuthority.Stamp ask(byte[] text) throws IOException {
        IOException last = new IOException("there is no authority");
        for (TimestampAuthority authority : authorities) {
            try {
                return authority.stamp(text);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** What is signed and no stamp covers. */
    private Errand.Waiting waiting() {
        Map<String, Timestamps.Stamped> last = timestamps.last();
        Errand.Waiting waiting = Errand.Waiting.NOTHING;
        for (LogHeads.Found log : heads.all()) {
            String logId = log.epoch().logId();
            long stamped = Optional.ofNullable(last.get(logId))
                    .map(Timestamps.Stamped::size)
                    .orElse(0L);
            long entries = log.head().signedSize() - stamped;
            if (log.head().state() == LogHead.State.ACTIVE && entries > 0) {
                waiting = waiting.and(new Errand.Waiting(
                        entries, checkpoints.firstSignedBeyond(logId, stamped).orElse(0L)));
            }
        }
        return waiting;
    }
}
