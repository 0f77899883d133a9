package dev.keyledger.audit.storage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Pure work that another thread does while this one waits for the database. Whoever wants a result that nobody has begun
 * computes it at once, so a busy executor costs time and never stops anything.
 */
final class Ahead {
    private final Executor executor;

    Ahead(Executor executor) {
        this.executor = executor;
    }

    /** Begins, and returns what waits for the result; it throws what the work threw. */
    <T> Supplier<T> start(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        executor.execute(task);
        return () -> {
            task.run();
            return result(task);
        };
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the work that was done ahead failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work was done ahead", e);
        }
    }
}
