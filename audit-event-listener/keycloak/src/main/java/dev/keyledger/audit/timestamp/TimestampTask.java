package dev.keyledger.audit.timestamp;

import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has the newest checkpoint of every log stamped that grew since its last stamp. Sealing and signing do not wait for it;
 * when no authority answers, an alarm is logged once, and it is tried again in the next round.
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
    private @Nullable String error;

    public TimestampTask(
            TimestampSettings settings, Transactions transactions, InstantSource clock, SecureRandom random) {
        this.authorities = settings.authorities().stream()
                .map(address -> new TimestampAuthority(address, random))
                .toList();
        this.interval = settings.interval();
        this.timestamps = new Timestamps(transactions);
        this.checkpoints = new Checkpoints(transactions);
        this.clock = clock;
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
            for (String logId : timestamps.due(clock.instant().minus(interval))) {
                if (rounds.isStopped()) {
                    return;
                }
                SignedCheckpoint newest = checkpoints.newest(logId).orElse(null);
                if (newest != null) {
                    stamp(logId, newest);
                }
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: the next round tries again.
            LOG.error("Keyledger could not have checkpoints stamped, and tries again", e);
        }
    }

    private void stamp(String logId, SignedCheckpoint checkpoint) throws IOException {
        TimestampAuthority.Stamp stamp = ask(checkpoint.note().textBytes());
        timestamps.add(
                logId, checkpoint.checkpoint().head().size(), stamp.token().time(), stamp.response());
        if (error != null) {
            LOG.info("Checkpoints are stamped again");
            error = null;
        }
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

    private void failed(String reason) {
        if (!reason.equals(error)) {
            LOG.errorf("AUDIT ALARM: no time stamp authority stamps the checkpoints: %s. It is tried again.", reason);
        }
        error = reason;
    }
}
