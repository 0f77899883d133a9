package dev.keyledger.audit.runtime;

import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Cosignatures;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.audit.witness.HttpWitness;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.sequence.LogHead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The witnesses of this server's logs, and whether the policy's quorum is met. Thread-safe. */
public final class Witnesses {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    /** How long somebody who exports a log waits for its newest checkpoint to be cosigned. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WitnessPolicy policy;
    private final Duration alarm;
    private final List<WitnessClient> clients;
    private final Checkpoints checkpoints;
    private final Cosignatures cosignatures;
    private final LogHeads heads;
    private final InstantSource clock;
    private final ExecutorService exports = Executors.newCachedThreadPool(Witnesses::thread);
    private volatile QuorumState state = new QuorumState(0, Set.of(), Map.of());

    Witnesses(
            WitnessPolicy policy,
            WitnessSettings settings,
            Transactions transactions,
            BiConsumer<String, String> halt,
            InstantSource clock) {
        this.policy = policy;
        this.alarm = settings.alarm();
        this.checkpoints = new Checkpoints(transactions);
        this.cosignatures = new Cosignatures(transactions);
        this.heads = new LogHeads(transactions);
        this.clock = clock;
        this.clients = settings.asked().stream()
                .map(witness -> new WitnessClient(
                        witness,
                        new HttpWitness(Objects.requireNonNull(witness.url(), "url")),
                        transactions,
                        halt,
                        clock))
                .toList();
    }

    /**
     * How all logs stood when this node last looked.
     *
     * @param lag milliseconds for which the oldest signed checkpoint has been waiting for its quorum
     * @param overdue origins of the logs that have been waiting for too long
     * @param behind signed entries of all active logs that a witness has not cosigned, by the witness's name
     */
    public record QuorumState(long lag, Set<String> overdue, Map<String, Long> behind) {
        public QuorumState {
            overdue = Set.copyOf(overdue);
            behind = Map.copyOf(behind);
        }
    }

    /**
     * How one witness does, as far as this node asked it.
     *
     * @param behind signed entries that it has not cosigned
     * @param failing milliseconds for which it has not been to be had, or has refused a log; 0 when neither
     * @param refused how many logs it does not cosign
     */
    public record Standing(String name, long behind, long failing, int refused) {}

    /**
     * One witness and one log.
     *
     * @param size what it has cosigned last; 0 for nothing
     * @param time when, epoch milliseconds; 0 for never
     * @param error why not, the last time that this node asked it; null when it did
     */
    public record Health(
            WitnessPolicy.Witness witness,
            long size,
            long time,
            @Nullable String error) {}

    /** The rounds of each witness, apart from each other: one that does not answer keeps no other waiting. */
    public Map<String, Runnable> rounds() {
        return clients.stream()
                .collect(Collectors.toMap(client -> client.witness().name(), client -> client::round));
    }

    /** Of how many witnesses this node knows that they are not to be had. */
    public long unreachable() {
        return clients.stream().filter(client -> client.error().isPresent()).count();
    }

    /** How each witness stands to a log. */
    public List<Health> health(String logId) {
        Map<String, Cosignatures.Cosigned> known = cosignatures.of(logId);
        List<Health> health = new ArrayList<>();
        for (WitnessClient client : clients) {
            Cosignatures.Cosigned last =
                    known.getOrDefault(client.witness().vkey().keyIdHex(), new Cosignatures.Cosigned(0, 0));
            health.add(new Health(
                    client.witness(),
                    last.size(),
                    last.time(),
                    client.error(logId).orElse(null)));
        }
        return health;
    }

    /** The largest size up to which a quorum has cosigned a log; 0 for none. */
    public long quorum(String logId) {
        return quorum(cosignatures.of(logId));
    }

    /** How the logs stood when {@link #look} was last called. */
    public QuorumState state() {
        return state;
    }

    /** How each witness does, as this node last saw it; always the same witnesses. */
    public List<Standing> standings() {
        return clients.stream()
                .map(client -> new Standing(
                        client.witness().name(),
                        state.behind().getOrDefault(client.witness().name(), 0L),
                        client.failingSince().stream()
                                .map(since -> Math.max(1, clock.millis() - since))
                                .findFirst()
                                .orElse(0),
                        client.refusals()))
                .toList();
    }

    private static long sizeOf(WitnessClient client, Map<String, Cosignatures.Cosigned> byKey) {
        Cosignatures.Cosigned last = byKey.get(client.witness().vkey().keyIdHex());
        return last == null ? 0 : last.size();
    }

    /** Looks whether any log has been waiting for its quorum for too long, and raises the alarm once. */
    public void look() {
        long lag = 0;
        Set<String> overdue = new HashSet<>();
        Map<String, Long> behind = new HashMap<>();
        Map<String, Map<String, Cosignatures.Cosigned>> byLog = byLog();
        for (LogHeads.Found log : heads.all()) {
            LogHead head = log.head();
            Map<String, Cosignatures.Cosigned> byKey =
                    byLog.getOrDefault(log.epoch().logId(), Map.of());
            if (head.state() == LogHead.State.ACTIVE) {
                clients.forEach(client -> behind.merge(
                        client.witness().name(), Math.max(0, head.signedSize() - sizeOf(client, byKey)), Long::sum));
            }
            long quorum = quorum(byKey);
            if (head.state() == LogHead.State.ACTIVE && quorum < head.signedSize()) {
                long waiting = checkpoints
                        .firstSignedBeyond(log.epoch().logId(), quorum)
                        .map(since -> clock.millis() - since)
                        .orElse(0L);
                lag = Math.max(lag, waiting);
                if (waiting >= alarm.toMillis()) {
                    overdue.add(head.origin());
                }
            }
        }
        tell(overdue);
        state = new QuorumState(lag, overdue, behind);
    }

    /**
     * The newest checkpoint of a log with the cosignatures that are to be had: the witnesses that have not cosigned it
     * yet are asked now, and waited for no longer than some seconds.
     */
    public SignedCheckpoint cosigned(String logId, SignedCheckpoint newest) {
        CompletableFuture<?>[] asked = clients.stream()
                .filter(client -> newest.note().signatures().stream()
                        .noneMatch(line -> line.isBy(client.witness().vkey())))
                .map(client -> CompletableFuture.runAsync(() -> client.submit(logId), exports))
                .toArray(CompletableFuture<?>[]::new);
        if (asked.length == 0) {
            return newest;
        }
        try {
            CompletableFuture.allOf(asked).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("a checkpoint is exported without the cosignatures of all witnesses", e);
        } catch (ExecutionException e) {
            LOG.warn("Keyledger could not have a checkpoint cosigned for an export", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return checkpoints.of(logId, newest.checkpoint().head().size()).orElse(newest);
    }

    private void tell(Set<String> overdue) {
        Set<String> before = state.overdue();
        overdue.stream()
                .filter(origin -> !before.contains(origin))
                .forEach(origin -> LOG.errorf(
                        "AUDIT ALARM: log %s has had no quorum of its witnesses for %s. Signing goes on; what they lack"
                                + " they are asked for when they are back.",
                        origin, alarm));
        before.stream()
                .filter(origin -> !overdue.contains(origin))
                .forEach(origin -> LOG.infof("Log %s has a quorum of its witnesses again", origin));
    }

    private long quorum(Map<String, Cosignatures.Cosigned> byKey) {
        Map<String, Long> sizes = new HashMap<>();
        for (WitnessPolicy.Witness witness : policy.witnesses()) {
            Cosignatures.Cosigned last = byKey.get(witness.vkey().keyIdHex());
            if (last != null) {
                sizes.put(witness.name(), last.size());
            }
        }
        if (policy.isSatisfiedBy(Set.of())) {
            return Long.MAX_VALUE;
        }
        return sizes.values().stream()
                .filter(size -> policy.isSatisfiedBy(sizes.entrySet().stream()
                        .filter(each -> each.getValue() >= size)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())))
                .max(Long::compare)
                .orElse(0L);
    }

    private Map<String, Map<String, Cosignatures.Cosigned>> byLog() {
        Map<String, Map<String, Cosignatures.Cosigned>> byLog = new HashMap<>();
        cosignatures
                .all()
                .forEach((key, logs) -> logs.forEach((logId, last) ->
                        byLog.computeIfAbsent(logId, id -> new HashMap<>()).put(key, last)));
        return byLog;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "keyledger-cosign");
        thread.setDaemon(true);
        thread.setContextClassLoader(Witnesses.class.getClassLoader());
        return thread;
    }
}
