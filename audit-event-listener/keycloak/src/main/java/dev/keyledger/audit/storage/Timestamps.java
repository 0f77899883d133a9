package dev.keyledger.audit.storage;

import dev.keyledger.log.bundle.StampedCheckpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.time.Instant;
import java.util.List;
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
