package dev.keyledger.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void doublesUpToFiveMinutesAndTakesUpToAHalfOffByChance() {
        long whole = 1_000;
        for (int failures = 1; failures < 100; failures++) {
            assertThat(backoff.after(failures)).isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
            whole = Math.min(300_000, whole * 2);
        }
    }

    @Test
    void differsFromSinkToSink() {
        assertThat(backoff.after(9)).isNotEqualTo(backoff.after(9));
    }
}
