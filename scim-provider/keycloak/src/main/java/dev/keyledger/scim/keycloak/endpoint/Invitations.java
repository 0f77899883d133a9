package dev.keyledger.scim.keycloak.endpoint;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that send mails to new users, so that no request waits for a mail server. What they cannot take, because too
 * many mails wait or the node ends, is told to the mail, which says so in the log. Thread-safe.
 *
 * <p>Mails wait in memory: a node that is killed loses them, and then a user has no entry of an invitation.
 */
public final class Invitations implements AutoCloseable {
    /** A mail. */
    interface Mail extends Runnable {
        /** It is not sent, for that reason. Must not throw. */
        void giveUp(String reason);
    }

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final AtomicInteger made = new AtomicInteger();
    private final Duration atTheEnd;
    private final int maxWaiting;
    private final ThreadPoolExecutor threads;

    /** Mails that have so long to go when the node ends. */
    Invitations(Duration atTheEnd) {
        this(atTheEnd, THREADS, MAX_WAITING);
    }

    /** The same, with so many threads and so many mails that wait. */
    Invitations(Duration atTheEnd, int threads, int maxWaiting) {
        this.atTheEnd = atTheEnd;
        this.maxWaiting = maxWaiting;
        this.threads = new ThreadPoolExecutor(
                threads, threads, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxWaiting), work -> {
                    Thread thread = new Thread(work, "keyledger-scim-mail-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Sends the mail, soon; does not wait for it. */
    void send(Mail mail) {
        try {
            threads.execute(mail);
        } catch (RejectedExecutionException full) {
            mail.giveUp(threads.isShutdown() ? "the server ends" : maxWaiting + " mails are waiting already");
        }
    }

    /** Sends what waits, for some seconds, and gives up the others. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(atTheEnd.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow()
                        .forEach(waiting -> ((Mail) waiting).giveUp("the server ended before it was sent"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
