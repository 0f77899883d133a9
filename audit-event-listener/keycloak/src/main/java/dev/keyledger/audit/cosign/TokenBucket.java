package dev.keyledger.audit.cosign;

import java.time.InstantSource;

/** How many requests are served: so many at once, and so many a second from then on. Thread-safe. */
final class TokenBucket {
    private static final double MILLIS = 1_000;

    private final InstantSource clock;
    private final double perSecond;
    private final double burst;
    private double tokens;
    private long filledAt;

    /** @param burst at once, when none came before */
    TokenBucket(InstantSource clock, double perSecond, int burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = clock.millis();
    }

    /** Whether one more may be served now. */
    synchronized boolean take() {
        long now = clock.millis();
        tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) / MILLIS * perSecond);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
