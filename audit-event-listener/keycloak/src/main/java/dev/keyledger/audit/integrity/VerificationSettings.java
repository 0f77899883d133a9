package dev.keyledger.audit.integrity;

import java.time.Duration;

/**
 * When the stored logs are verified, and how fast.
 *
 * @param everything time from one verification of a whole log to the next; zero for never
 * @param sample time from one verification of a random segment to the next; zero for never
 * @param rate most entries a second, 100 to 1,000,000
 */
public record VerificationSettings(Duration everything, Duration sample, int rate) {
    private static final int MIN_RATE = 100;
    private static final int MAX_RATE = 1_000_000;

    public VerificationSettings {
        if (everything.isNegative() || sample.isNegative()) {
            throw new IllegalArgumentException(
                    "options verify-interval and verify-sample-interval of keyledger-audit want 0 or more seconds");
        }
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new IllegalArgumentException(
                    "option verify-rate of keyledger-audit is " + rate + ", want " + MIN_RATE + " to " + MAX_RATE);
        }
    }
}
