package dev.keyledger.audit.integrity;

import java.util.concurrent.TimeUnit;

/** Keeps a verification from taking the database for itself. Used by one thread. */
final class Pace {
    private final int rate;
    private final long start = System.nanoTime();
    private long entries;

    /** @param rate most entries a second */
    Pace(int rate) {
        this.rate = rate;
    }

    /** Waits until so many entries more are within the rate. */
    void take(int count) {
        entries += count;
        long due = start + TimeUnit.SECONDS.toNanos(1) * entries / rate;
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
