package dev.keyledger.audit.cosign;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often the witness of this node is asked: by anybody, which costs it a signature check at the most, and for each log,
 * which costs the database a transaction and needs the log's signature. Thread-safe.
 */
final class RequestLimits {
    private static final int ALL = 500;
    private static final int EACH = 5;
    private static final int EACH_AT_ONCE = 30;
    private static final int MAX_LOGS = 20_000;

    private final InstantSource clock;
    private final TokenBucket all;
    private final Map<String, TokenBucket> each = new ConcurrentHashMap<>();

    RequestLimits(InstantSource clock) {
        this.clock = clock;
        this.all = new TokenBucket(clock, ALL, ALL);
    }

    boolean admits() {
        return all.take();
    }

    /** @param origin of a log that has signed the request */
    boolean admits(String origin) {
        if (each.size() > MAX_LOGS) {
            each.clear();
        }
        return each.computeIfAbsent(origin, name -> new TokenBucket(clock, EACH, EACH_AT_ONCE))
                .take();
    }
}
