package dev.keyledger.audit.sink;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long, where the JDK has no timeout of its own: a write to somebody who does not read. */
final class Deadlines {
    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "keyledger-sink-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code end} after this time, unless what is answered is cancelled before. */
    Running after(Duration length, Runnable end) {
        ScheduledFuture<?> scheduled = timer.schedule(end, length.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    void stop() {
        timer.shutdownNow();
    }

    /** A deadline that has not come yet. */
    interface Running {
        void cancel();
    }
}
