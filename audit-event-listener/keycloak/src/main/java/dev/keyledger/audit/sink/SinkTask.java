package dev.keyledger.audit.sink;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.Rounds;
import dev.keyledger.audit.runtime.SinkSettings;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Looks, in every interval, which sinks have something to be told, and lets a few threads tell them; one that is slow has
 * the others wait for no longer than a turn. Every few seconds it shows how all sinks are, and raises the alarm of those
 * that have failed for too long.
 */
public final class SinkTask {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int THREADS = 4;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    /** How often it is shown how the sinks are. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** How often what removed sinks have left is cleaned away, in looks. */
    private static final int CLEAN = 60;

    private final AuditRuntime runtime;
    private final SinkSettings settings;
    private final Sinks sinks;
    private final Courier courier;
    private final Consumer<List<SinkStatus>> shown;
    private final SinkAlarms alarms;
    private final EndedRealms ended;
    private final SinkMaker maker;
    private final Deadlines deadlines = new Deadlines();
    private final ExecutorService threads;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Rounds rounds;
    private boolean declared;
    private long nextLook;
    private int looks;

    /**
     * @param node name of this server
     * @param interval between two looks for what is to be told
     * @param isRealm whether there is a realm with an id
     * @param shown is told how all sinks are, each time that this is looked at
     */
    public SinkTask(
            AuditRuntime runtime,
            SinkSettings settings,
            Predicate<String> isRealm,
            String node,
            Duration interval,
            RandomGenerator random,
            Consumer<List<SinkStatus>> shown) {
        this.runtime = runtime;
        this.settings = settings;
        this.sinks = new Sinks(runtime.transactions());
        this.shown = shown;
        this.alarms = new SinkAlarms(settings.alarm(), runtime.clock());
        this.ended = new EndedRealms(
                sinks, isRealm, runtime.clock(), interval.multipliedBy(3).plus(LOOK));
        this.maker = new SinkMaker(runtime, settings, node, deadlines);
        this.courier = new Courier(
                runtime.transactions(), runtime::keyRing, runtime.clock(), new Backoff(random), maker::make);
        this.threads = Executors.newFixedThreadPool(THREADS, SinkTask::thread);
        this.rounds = new Rounds("keyledger-sinks", this::round, () -> interval);
    }

    public void start() {
        rounds.start();
    }

    /** Waits until the turns that are being taken are over; what they have not told waits for the next start. */
    public void stop() {
        rounds.stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Keyledger ends while it tells a sink the log; it will be told again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        maker.close();
        deadlines.stop();
    }

    private void round() {
        try {
            if (!declared) {
                sinks.declare(settings.kinds(), runtime.clock().millis());
                declared = true;
            }
            sinks.due(runtime.clock().millis()).stream()
                    .filter(due -> running.add(due.sinkId()))
                    .forEach(due -> threads.execute(() -> tell(due.sinkId())));
            if (runtime.clock().millis() >= nextLook) {
                look();
                nextLook = runtime.clock().millis() + LOOK.toMillis();
            }
        } catch (RuntimeException e) {
            // The outermost boundary of the thread: cursors stay where they are, the next round tries again.
            LOG.error("Keyledger could not look which sinks are to be told the log, and tries again", e);
        }
    }

    private void look() {
        List<SinkStatus> statuses = sinks.all();
        runtime.publish(statuses);
        shown.accept(statuses);
        alarms.raise(statuses);
        if (ended.look(statuses) > 0 || looks++ % CLEAN == 0) {
            sinks.clean();
        }
    }

    private void tell(String sinkId) {
        try {
            while (!rounds.isStopped()
                    && courier.deliver(sinkId).map(Courier.Turn::more).orElse(false)) {
                LOG.tracef("sink %s has more to be told", sinkId);
            }
        } catch (KeysUnavailableException e) {
            LOG.debugf(e, "sink %s waits for the keys of the log", sinkId);
        } catch (RuntimeException e) {
            // The outermost boundary of the turn: nothing is remembered of it, the next round tries again.
            LOG.errorf(e, "Keyledger could not tell sink %s the log, and tries again", sinkId);
        } finally {
            running.remove(sinkId);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "keyledger-sink");
        thread.setDaemon(true);
        thread.setContextClassLoader(SinkTask.class.getClassLoader());
        return thread;
    }
}
