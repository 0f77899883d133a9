package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private final AtomicInteger made = new AtomicInteger();
    private final RequestIds ids = new RequestIds(() -> "made-" + made.incrementAndGet());
    private final Object one = new Object();
    private final Object other = new Object();

    @Test
    void aRequestWithoutAnIdIsGivenOneOnce() {
        assertThat(ids.of(one, null)).isEqualTo("made-1");
        assertThat(ids.of(other, " ")).isEqualTo("made-2");
        assertThat(ids.of(one, null)).isEqualTo("made-1");
    }

    @Test
    void aRequestKeepsTheIdThatItBrings() {
        assertThat(ids.of(one, "r-4711")).isEqualTo("r-4711");
    }

    @Test
    void whatTheClientIsToldCountsMoreThanWhatItBrings() {
        ids.tell(one, "told");

        assertThat(ids.of(one, "r-4711")).isEqualTo("told");
        assertThat(ids.of(other, "r-4711")).isEqualTo("r-4711");
    }
}
