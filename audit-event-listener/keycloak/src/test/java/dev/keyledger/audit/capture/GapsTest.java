package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
    private final Gaps gaps = new Gaps();

    @Test
    void whatIsMissingInOneLogIsOneGap() {
        gaps.add("acme", 300, new IllegalStateException("disk full"));
        gaps.add("acme", 100, new IllegalStateException("disk full"));
        gaps.add("other", 200, new IllegalStateException("disk full"));

        assertThat(gaps.take())
                .containsEntry("acme", new Gaps.Gap(2, 100, 300))
                .containsEntry("other", new Gaps.Gap(1, 200, 200));
    }

    @Test
    void aGapThatWasHandedOverIsForgotten() {
        gaps.add("acme", 300, new IllegalStateException("disk full"));
        gaps.take();

        assertThat(gaps.take()).isEmpty();
    }

    @Test
    void aGapThatCouldNotBeToldGrowsOn() {
        gaps.add("acme", 300, new IllegalStateException("disk full"));
        gaps.put("acme", new Gaps.Gap(2, 100, 200));

        assertThat(gaps.take()).containsEntry("acme", new Gaps.Gap(3, 100, 300));
    }
}
