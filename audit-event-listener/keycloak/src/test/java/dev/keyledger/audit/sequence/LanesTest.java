package dev.keyledger.audit.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    @Test
    void twoLogsAreDrivenAtATimeAndInTheNextRoundAgain() {
        Lanes lanes = new Lanes(2);
        for (int round = 0; round < 3; round++) {
            CountDownLatch both = new CountDownLatch(2);
            lanes.drive(List.of("one", "two"), log -> {
                both.countDown();
                if (reached(both)) {
                    done.add(log);
                }
            });
        }
        assertThat(done).hasSize(6).containsOnly("one", "two");
    }

    @Test
    void eachOfManyIsDrivenOnceAndNoMoreAtATimeThanThereAreLanes() {
        List<String> logs = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new Lanes(3).drive(logs, log -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            done.add(log);
            now.decrementAndGet();
        });
        assertThat(done).containsExactlyInAnyOrderElementsOf(logs);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void oneLaneIsTheCallersThread() {
        Thread caller = Thread.currentThread();
        new Lanes(1).drive(List.of("one", "two"), log -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            done.add(log);
        });
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void nothingToDriveIsDoneAtOnce() {
        new Lanes(2).drive(List.of(), done::add);
        assertThat(done).isEmpty();
    }

    private static boolean reached(CountDownLatch both) {
        try {
            return both.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
