package dev.keyledger.audit.storage;

import dev.keyledger.log.bundle.StampedCheckpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time stamps of checkpoints. Commit point of {@link #add}: the row's insert. Before it, an authority has said
 * something that nobody kept, and is asked again; of two nodes that ask at the same time one is kept.
 */
public final class Timestamps {
    private static final int MAX_LOGS = 500;

    private final Transactions transactions;

    public Timestamps(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The active logs whose newest checkpoint is not stamped, and of which none was since this time; at most 500. */
    public List<String> due(Instant since) {
        return transactions.run(em -> em.createQuery(
                        "select h.logId from HeadEntity h where h.state = 'ACTIVE' and h.signedSize > 0 and not exists"
                                + " (select t.logId from TimestampEntity t where t.logId = h.logId"
                                + " and (t.stampedTime > :since or t.treeSize = h.signedSize))",
                        String.class)
                .setParameter("since", since.toEpochMilli())
                .setMaxResults(MAX_LOGS)
                .getResultList());
    }

    /**
     * What an authority stamped last.
     *
     * @param size of the checkpoint
     * @param time epoch milliseconds, as the authority says
     */
    public record Stamped(long size, long time) {}

    /** What was stamped last of each log that ever was, by log id. */
    public Map<String, Stamped> last() {
        return transactions.run(em -> {
            Map<String, Stamped> last = new HashMap<>();
            em.createQuery(
                            "select t.logId, max(t.treeSize), max(t.stampedTime) from TimestampEntity t group by t.logId",
                            Object[].class)
                    .getResultList()
                    .forEach(row -> last.put((String) row[0], new Stamped((Long) row[1], (Long) row[2])));
            return last;
        });
    }

    /** The same of one log; empty when nothing was. */
    public Optional<Stamped> last(String logId) {
        return transactions.run(em -> em.createQuery(
                        "select t from TimestampEntity t where t.logId = :log order by t.treeSize desc",
                        TimestampEntity.class)
                .setParameter("log", logId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> new Stamped(row.treeSize, row.stampedTime)));
    }

    /** Keeps an authority's answer, which has been verified. */
    public void add(String logId, long size, Instant time, String response) {
        transactions.run(em -> {
            if (em.find(TimestampEntity.class, new TimestampEntity.Key(logId, size)) == null) {
                TimestampEntity row = new TimestampEntity();
                row.logId = logId;
                row.treeSize = size;
                row.stampedTime = time.toEpochMilli();
                row.response = response;
                em.persist(row);
            }
            return size;
        });
    }

    /** The newest stamped checkpoint that is no larger than a size, with its stamp; empty when there is none. */
    public Optional<StampedCheckpoint> newest(String logId, long size) {
        return transactions.run(em -> em.createQuery(
                        "select t.response, c.note from TimestampEntity t, CheckpointEntity c where t.logId = :log"
                                + " and t.treeSize <= :size and c.logId = t.logId and c.treeSize = t.treeSize"
                                + " order by t.treeSize desc",
                        Object[].class)
                .setParameter("log", logId)
                .setParameter("size", size)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> new StampedCheckpoint(SignedCheckpoint.parse((String) row[1]), (String) row[0])));
    }
}
