package dev.keyledger.audit.sequence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does something with several logs at a time: each log has a connection of its own, so that one computes, or waits for its
 * commit, while the database works for another. The caller's thread is one of the lanes; the others end when they have had
 * nothing to do for a while. Nothing interrupts them: an interrupt in the middle of a read closes the file of an embedded H2
 * database.
 */
public final class Lanes {
    private static final int IDLE_SECONDS = 10;

    private final int count;
    private final ThreadPoolExecutor others;

    /** @param count how many logs at a time, at least 1 */
    public Lanes(int count) {
        this.count = count;
        // threads are made as they are needed, up to that many; the queue is where the rest would wait
        int most = Math.max(1, count - 1);
        this.others = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "keyledger-sequencer-lane");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Lanes.class.getClassLoader());
                    return thread;
                });
        others.allowCoreThreadTimeOut(true);
    }

    /** Does {@code step} once with each of {@code logs}, and returns when all is done. What it throws is its own affair. */
    public void drive(Collection<String> logs, Consumer<String> step) {
        Queue<String> waiting = new ConcurrentLinkedQueue<>(logs);
        Runnable lane = () -> {
            for (String log = waiting.poll(); log != null; log = waiting.poll()) {
                step.accept(log);
            }
        };
        List<CompletableFuture<Void>> beside = new ArrayList<>();
        for (int i = 1; i < Math.min(count, logs.size()); i++) {
            beside.add(CompletableFuture.runAsync(lane, others));
        }
        lane.run();
        beside.forEach(CompletableFuture::join);
    }
}
