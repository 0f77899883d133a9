package dev.keyledger.audit.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a sink is left alone after a failure: twice as long as the last time, up to five minutes. */
final class Backoff {
    private static final long FIRST = Duration.ofSeconds(1).toMillis();
    private static final long LONGEST = Duration.ofMinutes(5).toMillis();
    private static final int MAX_DOUBLINGS = 20;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after the so many-th failure in a row, the first being 1. Between a half and the whole of it, by chance, so
     * that sinks which failed together do not come back together.
     */
    Duration after(int failures) {
        long whole = Math.min(LONGEST, FIRST << Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1)));
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
