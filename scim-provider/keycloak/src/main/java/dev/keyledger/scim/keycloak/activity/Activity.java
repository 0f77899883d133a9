package dev.keyledger.scim.keycloak.activity;

import dev.keyledger.scim.keycloak.storage.Tally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the requests of connections on this node, by the hour, until {@link ActivityTask} writes them down. Thread-safe. */
public final class Activity {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final InstantSource clock;
    private final Map<Key, Tally> pending = new ConcurrentHashMap<>();

    /** A counter by that clock. */
    public Activity(InstantSource clock) {
        this.clock = clock;
    }

    /** One connection in the hour that begins then, in epoch milliseconds. In an order, so that no two nodes lock crosswise. */
    record Key(String realmId, String connection, long hour) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::realmId)
                .thenComparing(Key::connection)
                .thenComparingLong(Key::hour);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Counts a request of the connection that was answered with that HTTP status. */
    public void count(String realmId, String connection, int status) {
        long now = clock.millis();
        pending.merge(new Key(realmId, connection, now - now % HOUR), Tally.of(now, status), Tally::plus);
    }

    /** What was counted and not taken yet. */
    Map<Key, Tally> take() {
        Map<Key, Tally> taken = new TreeMap<>();
        for (Key key : List.copyOf(pending.keySet())) {
            Tally counted = pending.remove(key);
            if (counted != null) {
                taken.put(key, counted);
            }
        }
        return taken;
    }

    /** Takes back what could not be written. */
    void giveBack(Map<Key, Tally> unwritten) {
        unwritten.forEach((key, counted) -> pending.merge(key, counted, Tally::plus));
    }
}
