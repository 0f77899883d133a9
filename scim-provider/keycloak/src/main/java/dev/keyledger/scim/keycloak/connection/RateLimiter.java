package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each connection on this node, in windows of a minute. Thread-safe.
 *
 * <p>Every node counts for itself: two nodes behind a load balancer let through up to twice as many.
 */
public final class RateLimiter {
    private static final long WINDOW_MILLIS = 60_000;

    private final InstantSource clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** A limiter by that clock. */
    public RateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Where a connection stands.
     *
     * @param limit     how many requests a minute has
     * @param remaining how many of them are left
     * @param resetSeconds until the next minute begins, at least 1
     */
    public record Quota(int limit, int remaining, int resetSeconds) {}

    private record Window(long start, int used) {
        Window next(long now) {
            return now - start >= WINDOW_MILLIS || now < start
                    ? new Window(now, 1)
                    : new Window(start, used == Integer.MAX_VALUE ? used : used + 1);
        }
    }

    /** Counts a request of the connection with that key and says what is left; null if there is no limit. */
    public @Nullable Quota count(String key, @Nullable Integer limit) {
        if (limit == null) {
            return null;
        }
        long now = clock.millis();
        Window window = windows.merge(key, new Window(now, 1), (known, first) -> known.next(now));
        int reset = (int) Math.max(1, (window.start() + WINDOW_MILLIS - now + 999) / 1000);
        return new Quota(limit, limit - window.used(), reset);
    }

    /** Refuses with 429 the request that was one too many. */
    public static void require(@Nullable Quota quota) {
        if (quota != null && quota.remaining() < 0) {
            throw ScimException.tooManyRequests(
                    "the connection may send " + quota.limit() + " requests a minute", quota.resetSeconds());
        }
    }
}
