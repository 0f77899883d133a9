package dev.keyledger.audit.cosign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private Instant now = Instant.EPOCH;
    private final RequestLimits limits = new RequestLimits(() -> now);

    @Test
    void oneLogDoesNotTakeTheShareOfAnother() {
        assertThat(admitted("one", 100)).isEqualTo(30);
        assertThat(admitted("other", 100)).isEqualTo(30);
        now = now.plusSeconds(2);
        assertThat(admitted("one", 100)).isEqualTo(10);
        now = now.plusSeconds(3_600);
        assertThat(admitted("one", 100)).isEqualTo(30);
    }

    @Test
    void allTogetherAreLimitedToo() {
        assertThat(IntStream.range(0, 600).filter(i -> limits.admits()).count()).isEqualTo(500);
        now = now.minusSeconds(10);
        assertThat(limits.admits()).as("a clock that is set back").isFalse();
        now = now.plusSeconds(1);
        assertThat(limits.admits()).isTrue();
    }

    private long admitted(String origin, int requests) {
        return IntStream.range(0, requests).filter(i -> limits.admits(origin)).count();
    }
}
