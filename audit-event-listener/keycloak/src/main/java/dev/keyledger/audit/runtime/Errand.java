package dev.keyledger.audit.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How this node fares with what others do for its logs: keep archives, stamp checkpoints. Whoever asks them says how it went;
 * health, metrics and the status tell. Thread-safe.
 */
public final class Errand {
    private static final long MILLIS = 1_000;

    private final InstantSource clock;
    private final Duration alarm;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Trouble trouble;
    private volatile Waiting waiting = Waiting.NOTHING;

    /** @param alarm for how long it may fail before somebody has to look */
    public Errand(InstantSource clock, Duration alarm) {
        this.clock = clock;
        this.alarm = alarm;
    }

    private record Trouble(long since, String error) {}

    /**
     * What is still to be done, of all logs, as this node last saw it.
     *
     * @param entries how many are in it
     * @param since when the oldest of it could have been done, epoch milliseconds; 0 for nothing
     */
    public record Waiting(long entries, long since) {
        /** Everything is done. */
        public static final Waiting NOTHING = new Waiting(0, 0);

        /** Both together. */
        public Waiting and(Waiting other) {
            return new Waiting(
                    entries + other.entries,
                    since == 0 || other.since == 0 ? since + other.since : Math.min(since, other.since));
        }
    }

    /** It was tried in vain; answers whether the last attempt did not end with the same error. */
    public synchronized boolean failed(String error) {
        Trouble before = trouble;
        failures.incrementAndGet();
        trouble = new Trouble(before == null ? clock.millis() : before.since(), error);
        return before == null || !before.error().equals(error);
    }

    /** It was done, or there was nothing to be done; answers whether it had failed before. */
    public synchronized boolean succeeded() {
        boolean failed = trouble != null;
        trouble = null;
        return failed;
    }

    /** Shows what is still to be done. */
    public void show(Waiting now) {
        waiting = now;
    }

    /** What was still to be done when this was last looked at. */
    public Waiting waiting() {
        return waiting;
    }

    /** For how many seconds the oldest of what is to be done has been waiting. */
    public double waitingSeconds() {
        return seconds(waiting.since());
    }

    /** For how many seconds every attempt has failed; 0 when the last one did not. */
    public double failingSeconds() {
        Trouble now = trouble;
        return now == null ? 0 : seconds(now.since());
    }

    /** Failed attempts since the start. */
    public long failures() {
        return failures.get();
    }

    /** Why the last attempt failed; empty when it did not. */
    public Optional<String> error() {
        return Optional.ofNullable(trouble).map(Trouble::error);
    }

    /** Whether it has failed for so long that somebody has to look. */
    public boolean isAlarming() {
        Trouble now = trouble;
        return now != null && clock.millis() - now.since() >= alarm.toMillis();
    }

    private double seconds(long since) {
        return since == 0 ? 0 : Math.max(0, clock.millis() - since) / (double) MILLIS;
    }
}
