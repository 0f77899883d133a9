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

    /** The signed size of every log that has one, by log id. */
    public Map<String, Long> sizes() {
        return transactions.run(em -> {
            Map<String, Long> sizes = new TreeMap<>();
            em.createQuery("select h.logId, h.signedSize from HeadEntity h where h.signedSize > 0", Object[].class)
                    .getResultList()
                    .forEach(row -> sizes.put((String) row[0], (Long) row[1]));
            return sizes;
        });
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
