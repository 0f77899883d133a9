package dev.keyledger.audit.sink;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.audit.storage.SinkTurn;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.siem.LoggedEntry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells one sink what it has not been told, in one turn: at most 200 messages, of each log in the order of its indices, and
 * behind the last signed entry the checkpoint that covers it. Commit point: the turn's transaction. A crash before it lets
 * the same messages be sent again, by whoever has the next turn; nothing is left out.
 */
final class Courier {
    private static final int MAX_MESSAGES = 200;

    private final Transactions transactions;
    private final Supplier<KeyRing> keys;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Function<SinkEntity, Sink> sinks;

    /** @param sinks makes the sink of a row; what it throws is the turn's failure */
    Courier(
            Transactions transactions,
            Supplier<KeyRing> keys,
            InstantSource clock,
            Backoff backoff,
            Function<SinkEntity, Sink> sinks) {
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
        this.backoff = backoff;
        this.sinks = sinks;
    }

    /**
     * What a turn has done.
     *
     * @param sent messages that the sink has taken
     * @param error why it did not take the next one; null when there is none
     * @param more whether another turn at once makes sense
     */
    record Turn(int sent, @Nullable String error, boolean more) {}

    /** Takes a turn, if it is to be had. */
    Optional<Turn> deliver(String sinkId) {
        KeyRing ring = keys.get();
        return SinkTurn.take(transactions, sinkId, clock.millis(), turn -> deliver(turn, ring));
    }

    private Turn deliver(SinkTurn turn, KeyRing ring) {
        List<Step> steps = new ArrayList<>();
        Sink.Delivery delivery;
        try {
            Sink sink = sinks.apply(turn.sink());
            steps.addAll(steps(turn, ring, sink));
            List<Told> told =
                    steps.stream().map(Step::told).filter(Objects::nonNull).toList();
            delivery = told.isEmpty() ? Sink.Delivery.all(0) : sink.send(told);
        } catch (FormatException | IllegalStateException e) {
            // A sink that cannot be made or spoken to is one that fails: it must not keep its turn from being
            // remembered.
            delivery = Sink.Delivery.failed(String.valueOf(e.getMessage()));
        }
        delivery.attempts().forEach(turn::attempted);
        boolean all = advance(turn, steps, delivery.taken());
        String error = delivery.error();
        if (error == null || delivery.taken() > 0) {
            turn.succeeded(clock.millis());
        }
        if (error != null) {
            long now = clock.millis();
            turn.failed(now, error, now + backoff.after(turn.failures() + 1).toMillis());
        }
        boolean full = steps.size() >= MAX_MESSAGES;
        return new Turn(delivery.taken(), error, error == null && (full || !all));
    }

    /** Moves the cursors behind what was taken and what was not wanted; false when something is left. */
    private static boolean advance(SinkTurn turn, List<Step> steps, int taken) {
        int passed = 0;
        for (Step step : steps) {
            if (step.told() != null && passed++ >= taken) {
                return false;
            }
            turn.advance(step.logId(), step.next(), step.signedSize());
        }
        return true;
    }

    /**
     * One move of a cursor.
     *
     * @param told what the sink has to have taken first; null when it does not want it
     */
    private record Step(
            String logId,
            long next,
            long signedSize,
            @Nullable Told told) {}

    private List<Step> steps(SinkTurn turn, KeyRing ring, Sink sink) {
        List<Step> steps = new ArrayList<>();
        for (SinkTurn.Behind log : turn.behind()) {
            int room = MAX_MESSAGES - steps.size();
            if (room <= 0) {
                break;
            }
            List<SinkTurn.Row> rows = turn.entries(log, room, ring);
            for (SinkTurn.Row row : rows) {
                steps.add(step(sink, log.logId(), row.index() + 1, 0, told(log, row)));
            }
            if (rows.size() < room) {
                // All that there is: what the table has lost before the signed end is passed over. The receiver sees
                // the
                // gap, and the integrity alarm tells of it.
                Told checkpoint = turn.checkpoint(log)
                        .map(signed -> (Told) new Told.OfCheckpoint(log.logId(), signed.checkpoint(), signed.time()))
                        .orElse(null);
                steps.add(
                        checkpoint == null
                                ? new Step(log.logId(), log.size(), log.size(), null)
                                : step(sink, log.logId(), log.size(), log.size(), checkpoint));
            }
        }
        return steps;
    }

    private static Step step(Sink sink, String logId, long next, long signedSize, Told told) {
        return new Step(logId, next, signedSize, sink.wants(told) ? told : null);
    }

    private static Told told(SinkTurn.Behind log, SinkTurn.Row row) {
        byte[] leaf = row.leaf().getBytes(StandardCharsets.UTF_8);
        Map<Slot, JsonObject> slots = new EnumMap<>(Slot.class);
        row.slots().forEach((slot, part) -> slots.put(slot, part.value()));
        try {
            return new Told.OfEntry(
                    log.logId(), new LoggedEntry(Entry.parse(leaf), row.index(), LogHasher.leaf(leaf), slots));
        } catch (FormatException e) {
            return new Told.Unreadable(log.logId(), row.id(), log.origin(), row.index(), row.time());
        }
    }
}
