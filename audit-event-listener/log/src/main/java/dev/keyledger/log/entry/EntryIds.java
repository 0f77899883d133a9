package dev.keyledger.log.entry;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Makes the ids of entries: UUIDs of version 7 (RFC 9562 section 5.7), whose first 48 bits are the time in
 * milliseconds. Within one millisecond the 12 bits after the version count up, so that ids of one process sort in the
 * order in which they were made. Thread-safe.
 */
public final class EntryIds {
    private static final int COUNTER_MAX = 0xfff;
    private static final int COUNTER_START_MAX = 0x800;

    private final InstantSource clock;
    private final SecureRandom random;
    private long millis = -1;
    private int counter;

    public EntryIds(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** Returns a new id in its 36-character lower-case form. */
    public synchronized String next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(COUNTER_START_MAX);
        } else if (++counter > COUNTER_MAX) {
            millis++;
            counter = 0;
        }
        long high = (millis << 16) | 0x7000 | counter;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
