package dev.keyledger.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The clients of one scenario on one server: each a connection and a script, kept from round to round. */
final class Clients implements AutoCloseable {
    private static final int MANY = 1 << 16;
    /** Enough for three minutes, after which even a slow machine has compiled what matters. */
    private static final int WARM_UP_ROUNDS = 120;
    /** A round counts as warm when the compilers used less than this part of it, one in so many. */
    private static final int COMPILING = 12;

    private final Side side;
    private final Scenario scenario;
    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads;

    private record Client(Wire wire, Script script) {}

    private record Run(int weight, long[] nanos) {}

    Clients(Side side, Scenario scenario, int count) {
        this.side = side;
        this.scenario = scenario;
        this.threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(side.connect(), scenario.script(side, i)));
        }
    }

    /**
     * One round at least, and more until the server's compilers have next to nothing left to do: they take the processor away
     * from what is measured meanwhile.
     */
    void warmUp(Duration length) {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            Duration before = side.compilerTime();
            round(length);
            if (side.compilerTime().minus(before).multipliedBy(COMPILING).compareTo(length) < 0) {
                return;
            }
        }
    }

    /** Lets every client send its next requests until the time is up or its script ends. */
    Sample round(Duration length) {
        scenario.prepare(side);
        Duration cpu = side.cpuTime();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        List<Callable<Run>> tasks = clients.stream()
                .map(client -> (Callable<Run>) () -> run(client, end))
                .toList();
        try {
            List<Run> runs = new ArrayList<>();
            for (Future<Run> each : threads.invokeAll(tasks)) {
                runs.add(each.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            // what is left over, such as sealing the log, belongs to the requests that caused it
            side.settle();
            return sample(runs, seconds, side.cpuTime().minus(cpu));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a round of " + scenario, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed in " + scenario + " on " + side.name(), e.getCause());
        }
    }

    private static Run run(Client client, long end) {
        long[] nanos = new long[MANY];
        int count = 0;
        int weight = 0;
        while (System.nanoTime() - end < 0 && count < MANY) {
            Request request = client.script().next();
            if (request == null) {
                break;
            }
            long sent = System.nanoTime();
            client.wire().send(request);
            nanos[count++] = System.nanoTime() - sent;
            weight += request.weight();
        }
        return new Run(weight, Arrays.copyOf(nanos, count));
    }

    private static Sample sample(List<Run> runs, double seconds, Duration cpu) {
        long[] nanos =
                runs.stream().flatMapToLong(run -> Arrays.stream(run.nanos())).toArray();
        int weight = runs.stream().mapToInt(Run::weight).sum();
        if (weight == 0) {
            throw new IllegalStateException("a round in which no request was done");
        }
        return new Sample(weight / seconds, cpu.toNanos() / 1e6 / weight, nanos);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(client -> client.wire().close());
    }
}
