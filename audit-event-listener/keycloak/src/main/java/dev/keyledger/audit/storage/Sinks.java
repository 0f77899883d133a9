package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is told the logs, how far each has been told them, and how each is. */
public final class Sinks {
    /** It is told what is signed. */
    public static final String ACTIVE = "ACTIVE";

    /** It is told nothing until it is active again, and then everything since. */
    public static final String PAUSED = "PAUSED";

    /** No option names it any more. Should one again, it is told everything since. */
    public static final String OFF = "OFF";

    /** Whether a head's log is one of the sink's. */
    static final String OF_SINK =
            "(s.realmId = '" + SinkEntity.ALL + "' or h.logId = s.realmId or h.realmId = s.realmId)";

    private static final String STATUS = "select s, t from SinkEntity s join SinkStateEntity t on t.sinkId = s.sinkId";

    private static final String LAG = "select s.sinkId, sum(h.signedSize - coalesce(c.nextIndex, 0)), min(e.eventTime)"
            + " from SinkEntity s join HeadEntity h on " + OF_SINK
            + " left join SinkCursorEntity c on c.sinkId = s.sinkId and c.logId = h.logId"
            + " left join EntryEntity e on e.logId = h.logId and e.logIndex = coalesce(c.nextIndex, 0)"
            + " where s.state <> '" + OFF + "' and h.signedSize > coalesce(c.nextIndex, 0)";

    private final Transactions transactions;

    public Sinks(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a sink may be told now. */
    public record Due(String sinkId, String kind) {}

    /**
     * Makes the sinks of the whole server those that its options name, by their kinds. The last node to start decides.
     * Commit point: the transaction's. What one that is left out has been told is kept for when it is named again.
     */
    public void declare(Set<String> kinds, long now) {
        transactions.run(em -> {
            for (SinkEntity row : rows(em, SinkEntity.ALL)) {
                row.state = kinds.contains(row.kind) ? ACTIVE : OFF;
            }
            for (String kind : kinds) {
                if (em.find(SinkEntity.class, kind) == null) {
                    SinkEntity row = new SinkEntity();
                    row.sinkId = kind;
                    row.realmId = SinkEntity.ALL;
                    row.name = kind;
                    row.kind = kind;
                    row.createdTime = now;
                    add(em, row);
                }
            }
            return now;
        });
    }

    /** Adds a sink in the running transaction. */
    public static void add(EntityManager em, SinkEntity row) {
        em.persist(row);
        SinkStateEntity state = new SinkStateEntity();
        state.sinkId = row.sinkId;
        em.persist(state);
    }

    /** Says, in the transaction that adds a sink, that it is not told what a realm's log holds so far. */
    public static void beginAtEnd(EntityManager em, SinkEntity row) {
        for (HeadEntity head : LogEpoch.heads(em, row.realmId)) {
            SinkCursorEntity cursor = new SinkCursorEntity();
            cursor.sinkId = row.sinkId;
            cursor.logId = head.logId;
            cursor.nextIndex = head.signedSize;
            cursor.signedSize = head.signedSize;
            em.persist(cursor);
        }
    }

    /** The sinks of a realm, by name. */
    public static List<SinkEntity> rows(EntityManager em, String realmId) {
        return em.createQuery("select s from SinkEntity s where s.realmId = :realm order by s.name", SinkEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** The sink of this name of a realm. */
    public static Optional<SinkEntity> find(EntityManager em, String realmId, String name) {
        return rows(em, realmId).stream().filter(row -> row.name.equals(name)).findFirst();
    }

    /** The sinks that have something to be told, and do not wait after a failure. */
    public List<Due> due(long now) {
        return transactions.run(em -> em.createQuery(
                        "select s.sinkId, s.kind from SinkEntity s join SinkStateEntity t on t.sinkId = s.sinkId"
                                + " where s.state = '" + ACTIVE + "' and t.nextAttempt <= :now"
                                + " and (t.replayed <> s.replayNumber or exists (select h.logId from HeadEntity h"
                                + " left join SinkCursorEntity c on c.sinkId = s.sinkId and c.logId = h.logId where "
                                + OF_SINK + " and h.signedSize > coalesce(c.signedSize, 0)))",
                        Object[].class)
                .setParameter("now", now)
                .getResultStream()
                .map(row -> new Due((String) row[0], (String) row[1]))
                .toList());
    }

    /**
     * The leaf index below which every sink has been told everything of a log: entries from it on must be kept, because a
     * sink has still to be told them. A paused sink counts, one that is off does not. Empty when no sink follows the log.
     */
    public OptionalLong undelivered(String logId) {
        return transactions.run(em -> {
            Stream<Number> told = em.createQuery(
                            "select coalesce(c.nextIndex, 0) from SinkEntity s join HeadEntity h on " + OF_SINK
                                    + " left join SinkCursorEntity c on c.sinkId = s.sinkId and c.logId = h.logId"
                                    + " where h.logId = :log and s.state <> '" + OFF + "'",
                            Number.class)
                    .setParameter("log", logId)
                    .getResultStream();
            // Whoever is paused follows later.
            Stream<Number> toBegin = em.createQuery(
                            "select s.replayFrom from SinkEntity s join SinkStateEntity t on t.sinkId = s.sinkId"
                                    + " where s.replayLog = :log and t.replayed <> s.replayNumber and s.state <> '"
                                    + OFF + "'",
                            Number.class)
                    .setParameter("log", logId)
                    .getResultStream();
            return Stream.concat(told, toBegin).mapToLong(Number::longValue).min();
        });
    }

    /** How all sinks are that any option or realm names. */
    public List<SinkStatus> all() {
        return transactions.run(em -> statuses(em, "", null));
    }

    /** How those are that are told a realm's log, those of the whole server included. */
    public List<SinkStatus> of(String realmId) {
        return transactions.run(em -> statuses(em, " and s.realmId in (:realm, '" + SinkEntity.ALL + "')", realmId));
    }

    /** Removes one, whoever's it is. */
    public void remove(String sinkId) {
        transactions.run(em -> em.createQuery("delete from SinkEntity s where s.sinkId = :sink")
                .setParameter("sink", sinkId)
                .executeUpdate());
    }

    /** Forgets what sinks that were removed have been told. */
    public void clean() {
        for (String table : List.of("SinkStateEntity", "SinkCursorEntity", "SinkAttemptEntity")) {
            transactions.run(em -> em.createQuery("delete from " + table + " t where not exists"
                            + " (select s.sinkId from SinkEntity s where s.sinkId = t.sinkId)")
                    .executeUpdate());
        }
    }

    /** The last messages that were sent to a sink, the newest first. */
    public List<SinkAttemptEntity> attempts(String sinkId, int max) {
        return transactions.run(em -> em.createQuery(
                        "select a from SinkAttemptEntity a where a.sinkId = :sink order by a.attempt desc",
                        SinkAttemptEntity.class)
                .setParameter("sink", sinkId)
                .setMaxResults(max)
                .getResultList());
    }

    private static List<SinkStatus> statuses(EntityManager em, String which, @Nullable String realmId) {
        var lagging = em.createQuery(LAG + which + " group by s.sinkId", Object[].class);
        var known = em.createQuery(
                STATUS + " where s.state <> '" + OFF + "'" + which + " order by s.realmId, s.name", Object[].class);
        if (realmId != null) {
            lagging.setParameter("realm", realmId);
            known.setParameter("realm", realmId);
        }
        Map<String, Object[]> lag = new HashMap<>();
        lagging.getResultStream().forEach(row -> lag.put((String) row[0], row));
        return known.getResultStream()
                .map(row ->
                        status((SinkEntity) row[0], (SinkStateEntity) row[1], lag.get(((SinkEntity) row[0]).sinkId)))
                .toList();
    }

    private static SinkStatus status(SinkEntity sink, SinkStateEntity state, Object @Nullable [] lag) {
        return new SinkStatus(
                sink.sinkId,
                sink.realmId,
                sink.name,
                sink.kind,
                sink.state,
                state.failures,
                state.failingSince,
                state.nextAttempt,
                state.lastSuccess,
                state.lastError,
                lag == null ? 0 : ((Number) lag[1]).longValue(),
                lag == null ? null : (Long) lag[2]);
    }
}
