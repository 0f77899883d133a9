package dev.keyledger.scim.keycloak.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.scim.keycloak.storage.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActivityCountTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicLong now = new AtomicLong(10 * HOUR);
    private final Activity activity = new Activity(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void requestsAreCountedByConnectionAndHour() {
        activity.count("realm", "okta", 200);
        now.addAndGet(1_000);
        activity.count("realm", "okta", 409);
        activity.count("realm", "hr", 201);
        now.addAndGet(HOUR);
        activity.count("realm", "okta", 204);

        assertThat(activity.take())
                .containsExactly(
                        Map.entry(new Activity.Key("realm", "hr", 10 * HOUR), Tally.of(10 * HOUR + 1_000, 201)),
                        Map.entry(
                                new Activity.Key("realm", "okta", 10 * HOUR),
                                new Tally(2, 1, 10 * HOUR + 1_000, 409, 10 * HOUR + 1_000)),
                        Map.entry(new Activity.Key("realm", "okta", 11 * HOUR), Tally.of(11 * HOUR + 1_000, 204)));
        assertThat(activity.take()).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsAddedToWhatCameSince() {
        activity.count("realm", "okta", 500);
        Map<Activity.Key, Tally> unwritten = activity.take();
        now.addAndGet(5);
        activity.count("realm", "okta", 200);
        activity.giveBack(unwritten);

        assertThat(activity.take().values()).containsExactly(new Tally(2, 1, 10 * HOUR + 5, 200, 10 * HOUR));
    }
}
