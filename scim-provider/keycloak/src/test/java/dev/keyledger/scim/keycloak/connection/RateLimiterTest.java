package dev.keyledger.scim.keycloak.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.ScimException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final RateLimiter limiter = new RateLimiter(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void countsDownAndRefusesTheOneThatIsTooMany() {
        assertThat(limiter.count("a", 2)).isEqualTo(new RateLimiter.Quota(2, 1, 60));
        now.addAndGet(20_500);
        assertThat(limiter.count("a", 2)).isEqualTo(new RateLimiter.Quota(2, 0, 40));
        assertThatThrownBy(() -> RateLimiter.require(limiter.count("a", 2)))
                .isInstanceOfSatisfying(ScimException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.retryAfter()).isEqualTo(40);
                });
    }

    @Test
    void aMinuteLaterAllIsAsAtFirst() {
        limiter.count("a", 1);
        limiter.count("a", 1);
        now.addAndGet(60_000);
        assertThat(limiter.count("a", 1)).isEqualTo(new RateLimiter.Quota(1, 0, 60));
    }

    @Test
    void everyConnectionCountsForItself() {
        limiter.count("a", 1);
        assertThatCode(() -> RateLimiter.require(limiter.count("b", 1))).doesNotThrowAnyException();
    }

    @Test
    void whereThereIsNoLimitNothingIsCounted() {
        assertThat(limiter.count("a", null)).isNull();
        assertThatCode(() -> RateLimiter.require(null)).doesNotThrowAnyException();
    }

    @Test
    void aClockThatGoesBackLocksNobodyOut() {
        limiter.count("a", 1);
        now.addAndGet(-3_600_000);
        assertThat(limiter.count("a", 1)).isEqualTo(new RateLimiter.Quota(1, 0, 60));
    }
}
