package dev.keyledger.scim.keycloak.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals.Episode;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedRefusalsTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final RepeatedRefusals refusals =
            new RepeatedRefusals(() -> Instant.ofEpochMilli(now.get()), Duration.ofMinutes(1));

    @Test
    void theFirstIsRecordedAndTheOthersAreCountedUntilNoneHasComeForAMinute() {
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null))).isTrue();
        now.addAndGet(59_000);
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null))).isFalse();
        now.addAndGet(59_000);
        assertThat(refusals.over()).isEmpty();
        now.addAndGet(1_000);

        assertThat(refusals.over()).singleElement().satisfies(episode -> {
            assertThat(episode.count()).isEqualTo(2);
            assertThat(episode.since()).isEqualTo(1_000_000);
        });
        assertThat(refusals.over()).isEmpty();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null))).isTrue();
    }

    @Test
    void ofASingleOneNothingMoreIsSaid() {
        refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null));
        now.addAndGet(60_000);
        assertThat(refusals.over()).isEmpty();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null))).isTrue();
    }

    @Test
    void afterTenMinutesTheNumberIsToldEvenIfTheyGoOn() {
        refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null));
        for (int minute = 1; minute <= 10; minute++) {
            assertThat(refusals.over()).isEmpty();
            now.addAndGet(59_999);
            assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null)))
                    .isFalse();
        }
        now.addAndGet(10);
        assertThat(refusals.over()).extracting(Episode::count).containsExactly(11L);
    }

    @Test
    void everySourceAndEveryReasonIsCountedForItself() {
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null))).isTrue();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.2", null))).isTrue();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", "hr"))).isTrue();
        assertThat(refusals.isFirst(Reason.PAUSED, connection("hr"))).isTrue();
        assertThat(refusals.isFirst(Reason.RATE_LIMIT, connection("hr"))).isTrue();
    }

    @Test
    void tooManyStrangersAreCountedAsOne() {
        for (int i = 0; i < 100; i++) {
            assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0." + i, null)))
                    .isTrue();
        }
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.1.1", null))).isTrue();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.1.2", null))).isFalse();
        assertThat(refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.7", null))).isFalse();
    }

    @Test
    void whoIsServedAgainIsNoLongerRefused() {
        refusals.isFirst(Reason.RATE_LIMIT, connection("hr"));
        refusals.isFirst(Reason.RATE_LIMIT, connection("hr"));
        refusals.isFirst(Reason.RATE_LIMIT, connection("okta"));

        assertThat(refusals.served("realm", "hr")).extracting(Episode::count).containsExactly(2L);
        assertThat(refusals.served("realm", "hr")).isEmpty();
        assertThat(refusals.isFirst(Reason.RATE_LIMIT, connection("okta"))).isFalse();
        assertThat(refusals.isFirst(Reason.RATE_LIMIT, connection("hr"))).isTrue();
    }

    @Test
    void whenTheNodeEndsEveryNumberIsToldThatWasNot() {
        refusals.isFirst(Reason.SIGN_IN, stranger("10.0.0.1", null));
        refusals.isFirst(Reason.PAUSED, connection("hr"));
        refusals.isFirst(Reason.PAUSED, connection("hr"));
        refusals.isFirst(Reason.RATE_LIMIT, connection("hr"));
        refusals.isFirst(Reason.RATE_LIMIT, connection("hr"));
        refusals.isFirst(Reason.RATE_LIMIT, connection("hr"));

        assertThat(refusals.all()).extracting(Episode::count).containsExactlyInAnyOrder(2L, 3L);
        assertThat(refusals.all()).isEmpty();
    }

    private static Refused stranger(String address, @Nullable String client) {
        return refused(address, client, null);
    }

    private static Refused connection(String name) {
        return refused("10.0.0.9", "scim-" + name, new Refused.SignedIn(name, "client-key", "user-id"));
    }

    private static Refused refused(String address, @Nullable String client, Refused.@Nullable SignedIn signedIn) {
        RequestInfo request = new RequestInfo("GET", "Users", "id");
        return new Refused("realm", request, ScimException.unauthorized("no"), address, client, signedIn);
    }
}
