package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Work that another thread may do ahead is done once, by whoever comes first. */
class AheadTest {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Test
    void isDoneByTheExecutor() {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        Executor executor = work -> {
            Thread thread = new Thread(work, "worker");
            worker.complete(thread);
            thread.start();
        };
        CountDownLatch begun = new CountDownLatch(1);
        Supplier<Thread> result = new Ahead(executor).start(() -> {
            begun.countDown();
            return Thread.currentThread();
        });

        assertThat(begun).satisfies(CountDownLatch::await);
        assertThat(result.get()).isSameAs(worker.join());
    }

    @Test
    void isDoneByTheOneWhoAsksWhenNobodyHasBegunAndThenNotAgain() {
        int[] times = {0};
        Supplier<Integer> result = new Ahead(waiting::add).start(() -> ++times[0]);

        assertThat(result.get()).isEqualTo(1);
        assertThat(result.get()).isEqualTo(1);
        waiting.remove().run();
        assertThat(times[0]).isEqualTo(1);
    }

    @Test
    void failsWhereTheResultIsAskedFor() {
        IllegalStateException failure = new IllegalStateException("no key");
        Supplier<Integer> result = new Ahead(Runnable::run).start(() -> {
            throw failure;
        });

        assertThatThrownBy(result::get).isSameAs(failure);
    }
}
