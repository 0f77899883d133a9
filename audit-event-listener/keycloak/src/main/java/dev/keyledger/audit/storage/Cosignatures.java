package dev.keyledger.audit.storage;

import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.note.VerifierKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cosignatures of our own checkpoints: as lines of the stored notes, where everybody who is handed a checkpoint finds
 * them, and the newest of each witness for the status.
 *
 * <p>Commit point of {@link #add}: the one transaction. Before it, the witness has persisted what it cosigned and we do
 * not have the line; it cosigns the same checkpoint again when it is asked again. After it, the line is served.
 */
public final class Cosignatures {
    private static final int MILLIS = 1_000;

    private final Transactions transactions;

    public Cosignatures(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What a witness has cosigned last.
     *
     * @param time epoch milliseconds
     */
    public record Cosigned(long size, long time) {}

    /** Stores a cosignature that verifies. */
    public void add(String logId, SignedCheckpoint checkpoint, VerifierKey witness, Cosignature cosignature) {
        long size = checkpoint.checkpoint().head().size();
        transactions.run(em -> {
            CheckpointEntity row = em.find(
                    CheckpointEntity.class, new CheckpointEntity.Key(logId, size), LockModeType.PESSIMISTIC_WRITE);
            if (row != null) {
                row.readable()
                        .map(SignedCheckpoint::note)
                        .filter(note -> note.text().equals(checkpoint.note().text()))
                        .ifPresent(
                                note -> row.note = note.with(cosignature.line()).format());
            }
            remember(em, logId, witness.keyIdHex(), new Cosigned(size, cosignature.timestamp() * MILLIS));
            return size;
        });
    }

    /** What each witness has cosigned last of each log, by the witness's key ID and the log. */
    public Map<String, Map<String, Cosigned>> all() {
        return transactions.run(em -> byKey(em.createQuery("select c from CosignedEntity c", CosignedEntity.class)
                .getResultList()));
    }

    /** The same of one log, by the witness's key ID. */
    public Map<String, Cosigned> of(String logId) {
        Map<String, Cosigned> found = new HashMap<>();
        transactions
                .run(em -> em.createQuery("select c from CosignedEntity c where c.logId = :log", CosignedEntity.class)
                        .setParameter("log", logId)
                        .getResultList())
                .forEach(row -> found.put(row.keyId, new Cosigned(row.treeSize, row.cosignedTime)));
        return found;
    }

    private static void remember(EntityManager em, String logId, String keyId, Cosigned cosigned) {
        CosignedEntity row =
                em.find(CosignedEntity.class, new CosignedEntity.Key(logId, keyId), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new CosignedEntity();
            row.logId = logId;
            row.keyId = keyId;
            em.persist(row);
        }
        // Of two nodes, or an export and a round, the older answer may come in last.
        if (cosigned.size() >= row.treeSize) {
            row.treeSize = cosigned.size();
            row.cosignedTime = Math.max(row.cosignedTime, cosigned.time());
        }
    }

    private static Map<String, Map<String, Cosigned>> byKey(List<CosignedEntity> rows) {
        Map<String, Map<String, Cosigned>> found = new HashMap<>();
        for (CosignedEntity row : rows) {
            found.computeIfAbsent(row.keyId, key -> new HashMap<>())
                    .put(row.logId, new Cosigned(row.treeSize, row.cosignedTime));
        }
        return found;
    }
}
