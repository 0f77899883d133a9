package dev.keyledger.audit.runtime;

import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Cosignatures;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.witness.Submission;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks one witness to cosign the newest checkpoint of every log. Every node asks: what two of them do at the same time
 * the witness and the lock of the stored checkpoint sort out. What the witness knows and the database does not halts the
 * log: it was rolled back, or rewritten. A witness that is down is asked again, less and less often up to once in five
 * minutes; nothing waits for it, and the newest checkpoint stands for all before it. Thread-safe.
 */
public final class WitnessClient {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** A cosignature says until when nothing was rolled back, so idle logs get a newer one. */
    private static final Duration REFRESH = Duration.ofHours(1);

    private final WitnessPolicy.Witness witness;
    private final Submission.Transport transport;
    private final Transactions transactions;
    private final LogHeads heads;
    private final Cosignatures cosignatures;
    private final BiConsumer<String, String> halt;
    private final InstantSource clock;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, Pause> refused = new ConcurrentHashMap<>();
    private volatile @Nullable Pause unreachable;

    /** @param halt halts a log (its id) for a reason */
    WitnessClient(
            WitnessPolicy.Witness witness,
            Submission.Transport transport,
            Transactions transactions,
            BiConsumer<String, String> halt,
            InstantSource clock) {
        this.witness = witness;
        this.transport = transport;
        this.transactions = transactions;
        this.heads = new LogHeads(transactions);
        this.cosignatures = new Cosignatures(transactions);
        this.halt = halt;
        this.clock = clock;
    }

    private record Pause(String error, long since, Duration length, long until) {}

    WitnessPolicy.Witness witness() {
        return witness;
    }

    /** Why a log was not cosigned the last time; empty when it was. */
    Optional<String> error(String logId) {
        Pause all = unreachable;
        Pause own = refused.get(logId);
        return Optional.ofNullable(all == null ? own : all).map(Pause::error);
    }

    /** Why the witness is not to be had; empty when it answered the last time. */
    Optional<String> error() {
        return Optional.ofNullable(unreachable).map(Pause::error);
    }

    /** How many logs it does not cosign, but answers. */
    int refusals() {
        return refused.size();
    }

    /** Since when it is not to be had, or refuses a log, epoch milliseconds; empty when neither. */
    OptionalLong failingSince() {
        return Stream.concat(Stream.ofNullable(unreachable), refused.values().stream())
                .mapToLong(Pause::since)
                .min();
    }

    /** Asks for all logs that are due. */
    void round() {
        Map<String, Cosignatures.Cosigned> known =
                cosignatures.all().getOrDefault(witness.vkey().keyIdHex(), Map.of());
        List<LogHeads.Found> logs = heads.all();
        // One that was halted or ended is not asked for again, and so would be refused for ever.
        refused.keySet()
                .retainAll(logs.stream()
                        .filter(log -> log.head().state() == LogHead.State.ACTIVE)
                        .map(log -> log.epoch().logId())
                        .toList());
        for (LogHeads.Found log : logs) {
            if (isDue(log, known.get(log.epoch().logId()))) {
                submit(log.epoch().logId());
            }
        }
    }

    /** Asks for the newest checkpoint of one log, unless the witness is being spared. */
    void submit(String logId) {
        if (isSpared(unreachable) || isSpared(refused.get(logId))) {
            return;
        }
        SignedCheckpoint newest = new Checkpoints(transactions).newest(logId).orElse(null);
        if (newest == null) {
            return;
        }
        Cosignatures.Cosigned known = cosignatures.of(logId).get(witness.vkey().keyIdHex());
        try {
            Submission submission = new Submission(witness.vkey(), newest, new JpaTileSource(logId, transactions));
            ended(logId, newest, submission.send(transport, known == null ? 0 : known.size()));
            reached();
        } catch (IOException e) {
            unreachable = paused(unreachable, "is not to be had: " + e.getMessage());
        }
    }

    private boolean isDue(LogHeads.Found log, Cosignatures.@Nullable Cosigned known) {
        if (log.head().state() != LogHead.State.ACTIVE || log.head().signedSize() == 0) {
            return false;
        }
        // Once after the start it is asked whatever the database says: that may be an old one.
        return known == null
                || known.size() != log.head().signedSize()
                || clock.millis() - known.time() >= REFRESH.toMillis()
                || !asked.contains(log.epoch().logId());
    }

    private void ended(String logId, SignedCheckpoint checkpoint, Submission.Outcome outcome) {
        if (outcome instanceof Submission.Cosigned cosigned) {
            cosignatures.add(logId, checkpoint, witness.vkey(), cosigned.cosignature());
            asked.add(logId);
            if (refused.remove(logId) != null) {
                LOG.infof("The witness %s cosigns log %s again", witness.name(), logId);
            }
        } else if (outcome instanceof Submission.Ahead ahead) {
            ahead(logId, ahead.size());
        } else if (outcome instanceof Submission.Disagrees disagrees) {
            halt.accept(
                    logId,
                    "witness " + witness.name() + " has cosigned another tree of size " + disagrees.size()
                            + " than the one that is stored: the log was rewritten; it says " + disagrees.reason());
        } else if (outcome instanceof Submission.Refused refusal) {
            refused.put(logId, paused(refused.get(logId), "does not cosign log " + logId + ": " + refusal.reason()));
        }
    }

    /** Whatever was submitted was committed before: who reads after the answer finds it, if nobody has taken it away. */
    private void ahead(String logId, long size) {
        long signed = heads.all().stream()
                .filter(log -> log.epoch().logId().equals(logId))
                .mapToLong(log -> log.head().signedSize())
                .findFirst()
                .orElse(0);
        if (signed < size) {
            halt.accept(
                    logId,
                    "got size " + signed + ", want at least " + size + ", which witness " + witness.name()
                            + " has cosigned: the log was rolled back");
        }
    }

    private void reached() {
        if (unreachable != null) {
            unreachable = null;
            LOG.infof("The witness %s is to be had again", witness.name());
        }
    }

    private boolean isSpared(@Nullable Pause pause) {
        return pause != null && clock.millis() < pause.until();
    }

    private Pause paused(@Nullable Pause before, String error) {
        if (before == null || !before.error().equals(error)) {
            LOG.errorf("AUDIT ALARM: the witness %s %s", witness.name(), error);
        }
        Duration length = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
        Duration bounded = length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length;
        long since = before == null ? clock.millis() : before.since();
        return new Pause(error, since, bounded, clock.millis() + bounded.toMillis());
    }
}
