package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Reads the stage. By existence, never "newer than the last": transactions commit in another order than they insert. */
final class StagedRows {
    private StagedRows() {}

    static List<StageEntity> oldestFirst(EntityManager em, String logId, int limit) {
        return em.createQuery(
                        "select s from StageEntity s where s.logId = :log and s.state = :state"
                                + " order by s.eventTime, s.id",
                        StageEntity.class)
                .setParameter("log", logId)
                .setParameter("state", StageEntity.STAGED)
                .setMaxResults(limit)
                .getResultList();
    }
}
