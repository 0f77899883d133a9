package dev.keyledger.audit.runtime;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A thread of the server that does one thing again and again, with a pause between, until it is stopped. What a round
 * throws is the round's own affair: it has to catch it.
 */
public final class Rounds {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Runnable round;
    private final Supplier<Duration> pause;
    private final Thread thread;
    private boolean stopped;

    /**
     * @param name of the thread
     * @param pause asked after each round
     */
    public Rounds(String name, Runnable round, Supplier<Duration> pause) {
        this.round = round;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Rounds.class.getClassLoader());
    }

    public void start() {
        thread.start();
    }

    /**
     * Asks the thread to end and waits until its round is over. It is never interrupted: an interrupt in the middle of
     * a read closes the file of an embedded H2 database.
     */
    public void stop() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a long round should end early. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    private void run() {
        do {
            round.run();
        } while (await(pause.get()));
    }

    private synchronized boolean await(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        long left = length.toMillis();
        try {
            while (!stopped && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !stopped;
    }
}
