package dev.keyledger.audit.storage;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what has been signed. It makes no log that is not there. */
public final class Checkpoints {
    private final Transactions transactions;

    public Checkpoints(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The newest checkpoint of a log; empty when there is none yet, or no such log. */
    public Optional<SignedCheckpoint> newest(String logId) {
        return transactions.run(em -> newest(em, logId));
    }

    /** The checkpoint of one size; empty when there is none. */
    public Optional<SignedCheckpoint> of(String logId, long size) {
        return transactions.run(
                em -> Optional.ofNullable(em.find(CheckpointEntity.class, new CheckpointEntity.Key(logId, size)))
                        .flatMap(CheckpointEntity::readable));
    }

    /**
     * How far a log is signed.
     *
     * @param size of its newest checkpoint
     * @param cosignatures how many witnesses have cosigned that one
     */
    public record Signed(long size, long cosignatures) {}

    /** How far every log is signed that has a checkpoint, by log id. */
    public Map<String, Signed> signed() {
        return transactions.run(em -> {
            Map<String, Signed> signed = new TreeMap<>();
            em.createQuery(
                            "select h.logId, h.signedSize, (select count(c.keyId) from CosignedEntity c"
                                    + " where c.logId = h.logId and c.treeSize = h.signedSize)"
                                    + " from HeadEntity h where h.signedSize > 0",
                            Object[].class)
                    .getResultList()
                    .forEach(row -> signed.put((String) row[0], new Signed((Long) row[1], (Long) row[2])));
            return signed;
        });
    }

    /** When the first checkpoint beyond a size was signed, epoch milliseconds; empty when there is none. */
    public Optional<Long> firstSignedBeyond(String logId, long size) {
        return transactions.run(em -> em.createQuery(
                        "select c.signedTime from CheckpointEntity c where c.logId = :log and c.treeSize > :size"
                                + " order by c.treeSize",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("size", size)
                .setMaxResults(1)
                .getResultStream()
                .findFirst());
    }

    private static Optional<SignedCheckpoint> newest(EntityManager em, String logId) {
        return em.createQuery(
                        "select c from CheckpointEntity c, HeadEntity h where h.logId = :log"
                                + " and c.logId = h.logId and c.treeSize = h.signedSize",
                        CheckpointEntity.class)
                .setParameter("log", logId)
                .getResultStream()
                .findFirst()
                .map(row -> SignedCheckpoint.parse(row.note));
    }
}
