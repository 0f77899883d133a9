package dev.keyledger.audit.storage;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one log, for people.
 *
 * @param epoch 1, and one more for each recovery that the realm's log has been through
 * @param checkpoint the newest; null before the first, or when it was made unreadable
 * @param checkpointTime epoch milliseconds
 * @param staged entries that wait; counted up to {@link #MAX_STAGED}
 * @param quarantined rows of the stage that this server did not make, or not like this; counted likewise
 */
public record LogStatus(
        String origin,
        int epoch,
        String state,
        @Nullable String haltReason,
        long size,
        long signedSize,
        int staged,
        int quarantined,
        @Nullable SignedCheckpoint checkpoint,
        @Nullable Long checkpointTime) {
    /** Staged entries are not counted beyond this. */
    public static final int MAX_STAGED = 10_000;

    /** Reads the state of an existing log. */
    public static LogStatus read(Transactions transactions, String logId) {
        return transactions.run(em -> read(em, logId));
    }

    private static LogStatus read(EntityManager em, String logId) {
        // Before the head, as each statement sees what is committed by then: a row that has left the stage is in the
        // tree.
        List<String> stages = stages(em, logId);
        int staged = count(em, stages, StageEntity.STAGED);
        int quarantined = count(em, stages, StageEntity.QUARANTINED);
        HeadEntity head = em.find(HeadEntity.class, logId);
        if (head == null) {
            throw new IllegalStateException("log " + logId + " has lost its row in AUDIT_HEAD; restore it");
        }
        Optional<CheckpointEntity> newest =
                Optional.ofNullable(em.find(CheckpointEntity.class, new CheckpointEntity.Key(logId, head.signedSize)));
        return new LogStatus(
                head.origin,
                head.epoch,
                head.state,
                head.haltReason,
                head.treeSize,
                head.signedSize,
                staged,
                quarantined,
                newest.flatMap(CheckpointEntity::readable).orElse(null),
                newest.map(row -> row.signedTime).orElse(null));
    }

    /** Whose staged entries this log will hold: its own and those of earlier epochs; a frozen one takes no more. */
    private static List<String> stages(EntityManager em, String logId) {
        List<String> stages = em.createQuery(
                        "select e.logId from HeadEntity h, HeadEntity e where h.logId = :log and h.state <> 'FROZEN'"
                                + " and (e.logId = h.logId or e.logId = h.realmId or e.realmId = h.realmId)",
                        String.class)
                .setParameter("log", logId)
                .getResultList();
        return stages.isEmpty() ? List.of("") : stages;
    }

    private static int count(EntityManager em, List<String> logIds, String state) {
        List<String> ids = em.createQuery(
                        "select s.id from StageEntity s where s.logId in :logs and s.state = :state", String.class)
                .setParameter("logs", logIds)
                .setParameter("state", state)
                .setMaxResults(MAX_STAGED)
                .getResultList();
        return ids.size();
    }
}
