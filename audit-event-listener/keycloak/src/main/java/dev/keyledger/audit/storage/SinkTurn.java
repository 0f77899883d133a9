package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node's turn to tell a sink what is signed, with the row of the sink's state locked. Commit point: the transaction's.
 * Before it the sink may have been told what its cursor does not know of, and is told it again; after it, it is not. The
 * lock is on no row that capturing or sealing looks at.
 */
public final class SinkTurn {
    /** Hibernate's LockOptions.SKIP_LOCKED. */
    private static final int SKIP_LOCKED = -2;

    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_ERROR = 1_000;
    private static final int MAX_LOGS = 500;

    private final EntityManager em;
    private final SinkEntity sink;
    private final SinkStateEntity state;
    private long recorded;

    private SinkTurn(EntityManager em, SinkEntity sink, SinkStateEntity state) {
        this.em = em;
        this.sink = sink;
        this.state = state;
    }

    /** A log that the sink has not been told all of. {@code size} is what is signed. */
    public record Behind(String logId, String realmId, String origin, long next, long size) {}

    /** A signed entry as it is stored. */
    public record Row(String id, long index, long time, String leaf, Map<Slot, Disclosure> slots) {}

    /** A signed checkpoint, and when it was signed. */
    public record Signed(SignedCheckpoint checkpoint, long time) {}

    /** A message that was sent, and what came back. */
    public record Attempt(
            long time,
            String messageId,
            String logId,
            @Nullable Long index,
            @Nullable Integer status,
            @Nullable String error,
            long millis) {}

    /** Takes a turn; empty when another node has it, or the sink is not there any more, or is paused, or waits. */
    public static <R> Optional<R> take(Transactions transactions, String sinkId, long now, Function<SinkTurn, R> work) {
        return transactions.run(em -> {
            List<SinkStateEntity> locked = em.createQuery(
                            "select t from SinkStateEntity t where t.sinkId = :sink", SinkStateEntity.class)
                    .setParameter("sink", sinkId)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                    .getResultList();
            SinkEntity sink = locked.isEmpty() ? null : em.find(SinkEntity.class, sinkId);
            if (sink == null || !sink.state.equals(Sinks.ACTIVE) || locked.get(0).nextAttempt > now) {
                return Optional.<R>empty();
            }
            SinkTurn turn = new SinkTurn(em, sink, locked.get(0));
            turn.replay();
            return Optional.of(work.apply(turn));
        });
    }

    public SinkEntity sink() {
        return sink;
    }

    /** How often it has failed since the last success. */
    public int failures() {
        return state.failures;
    }

    /**
     * The logs that the sink has not been told all of, at most 500, without those whose realm has an earlier epoch that it
     * has not been told all of.
     */
    public List<Behind> behind() {
        List<Object[]> rows = em.createQuery(
                        "select h, c from SinkEntity s join HeadEntity h on " + Sinks.OF_SINK
                                + " left join SinkCursorEntity c on c.sinkId = s.sinkId and c.logId = h.logId"
                                + " where s.sinkId = :sink and h.signedSize > coalesce(c.signedSize, 0)"
                                + " order by h.epoch, h.logId",
                        Object[].class)
                .setParameter("sink", sink.sinkId)
                .setMaxResults(MAX_LOGS)
                .getResultList();
        Set<String> realms = new HashSet<>();
        return rows.stream()
                .filter(row -> realms.add(((HeadEntity) row[0]).realm()))
                .map(row -> behind((HeadEntity) row[0], (SinkCursorEntity) row[1]))
                .toList();
    }

    private static Behind behind(HeadEntity head, @Nullable SinkCursorEntity cursor) {
        return new Behind(
                head.logId, head.realm(), head.origin, cursor == null ? 0 : cursor.nextIndex, head.signedSize);
    }

    /** The signed entries from the next one on, at most so many. What the table has lost is not among them. */
    public List<Row> entries(Behind log, int max, KeyRing keys) {
        List<EntryEntity> rows = em.createQuery(
                        "select e from EntryEntity e where e.logId = :log and e.logIndex >= :from and e.logIndex < :to"
                                + " order by e.logIndex",
                        EntryEntity.class)
                .setParameter("log", log.logId())
                .setParameter("from", log.next())
                .setParameter("to", log.size())
                .setMaxResults(max)
                .getResultList();
        Map<Long, Map<Slot, Disclosure>> slots = new PrivateReader(log.logId(), Transactions.within(em), keys)
                .open(rows.stream().map(row -> row.logIndex).toList());
        return rows.stream()
                .map(row -> new Row(
                        row.id, row.logIndex, row.eventTime, row.leaf, slots.getOrDefault(row.logIndex, Map.of())))
                .toList();
    }

    /** The checkpoint of a size; empty when it is not there, or was made unreadable. */
    public Optional<Signed> checkpoint(Behind log) {
        CheckpointEntity row = em.find(CheckpointEntity.class, new CheckpointEntity.Key(log.logId(), log.size()));
        if (row == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Signed(SignedCheckpoint.parse(row.note), row.signedTime));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** The sink has been told a log up to an index, and the checkpoint of a size unless that is 0. */
    public void advance(String logId, long next, long signedSize) {
        SinkCursorEntity cursor = cursor(logId);
        cursor.nextIndex = next;
        cursor.signedSize = Math.max(cursor.signedSize, signedSize);
    }

    /** Keeps what became of a message, in the place of the oldest of a hundred. */
    public void attempted(Attempt attempt) {
        SinkAttemptEntity row = new SinkAttemptEntity();
        row.sinkId = sink.sinkId;
        row.attempt = ++state.attempts;
        row.time = attempt.time();
        row.messageId = attempt.messageId();
        row.logId = attempt.logId();
        row.logIndex = attempt.index();
        row.status = attempt.status();
        row.error = bounded(attempt.error());
        row.millis = attempt.millis();
        em.persist(row);
        recorded++;
    }

    /** Ends the turn: the sink took everything. */
    public void succeeded(long now) {
        state.failures = 0;
        state.failingSince = null;
        state.nextAttempt = 0;
        state.lastSuccess = now;
        forgetAttempts();
    }

    /** Ends the turn: the sink did not take the next message, and is to be left alone until then. */
    public void failed(long now, String error, long nextAttempt) {
        state.failures++;
        state.failingSince = state.failingSince == null ? Long.valueOf(now) : state.failingSince;
        state.lastError = bounded(error);
        state.nextAttempt = nextAttempt;
        forgetAttempts();
    }

    private void forgetAttempts() {
        if (recorded > 0) {
            em.createQuery("delete from SinkAttemptEntity a where a.sinkId = :sink and a.attempt <= :last")
                    .setParameter("sink", sink.sinkId)
                    .setParameter("last", state.attempts - MAX_ATTEMPTS)
                    .executeUpdate();
        }
    }

    /** Follows whoever asked to begin again somewhere. */
    private void replay() {
        String log = sink.replayLog;
        Long from = sink.replayFrom;
        if (state.replayed != sink.replayNumber && log != null && from != null) {
            SinkCursorEntity cursor = cursor(log);
            cursor.nextIndex = from;
            cursor.signedSize = 0;
            state.replayed = sink.replayNumber;
            em.flush();
        }
    }

    private SinkCursorEntity cursor(String logId) {
        SinkCursorEntity known = em.find(SinkCursorEntity.class, new SinkCursorEntity.Key(sink.sinkId, logId));
        if (known != null) {
            return known;
        }
        SinkCursorEntity cursor = new SinkCursorEntity();
        cursor.sinkId = sink.sinkId;
        cursor.logId = logId;
        em.persist(cursor);
        return cursor;
    }

    private static @Nullable String bounded(@Nullable String text) {
        return text == null ? null : text.substring(0, Math.min(MAX_ERROR, text.length()));
    }
}
