package dev.keyledger.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what a server does in its own time. */
public final class Await {
    private static final long PAUSE_MS = 100;

    private Await() {}

    /**
     * Looks again and again until something is so.
     *
     * @throws AssertionError when the limit is over
     */
    public static void until(String what, Duration limit, Callable<Boolean> is) {
        Instant end = Instant.now().plus(limit);
        while (!ask(what, is)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            pause(what);
        }
    }

    /**
     * Asks again and again until the answer is one that is wanted, and answers it.
     *
     * @throws AssertionError when the limit is over, with the last answer
     */
    public static <T> T answer(Duration limit, Supplier<T> question, Predicate<T> wanted) {
        Instant end = Instant.now().plus(limit);
        T answer = question.get();
        while (!wanted.test(answer)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + limit + ": " + answer);
            }
            pause("an answer");
            answer = question.get();
        }
        return answer;
    }

    private static boolean ask(String what, Callable<Boolean> is) {
        try {
            return is.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot look whether " + what, e);
        }
    }

    private static void pause(String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + what, e);
        }
    }
}
