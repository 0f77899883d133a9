package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the stage. By existence, never "newer than the last": transactions commit in another order than they insert. */
final class StagedRows {
    /** Characters of private parts that are held at a time; a batch ends when it is full, and the next one goes on. */
    private static final int MAX_CHARACTERS = 32 << 20;

    private static final int FETCH_SIZE = 64;

    private StagedRows() {}

    /** The rows are not managed: a query would otherwise look through all of them for changes. */
    static List<StageEntity> oldestFirst(EntityManager em, List<String> logIds, int limit) {
        TypedQuery<StageEntity> query = em.createQuery(
                        "select s from StageEntity s where s.logId in :logs and s.state = :state"
                                + " order by s.eventTime, s.id",
                        StageEntity.class)
                .setParameter("logs", logIds)
                .setParameter("state", StageEntity.STAGED)
                .setHint("org.hibernate.fetchSize", FETCH_SIZE)
                .setMaxResults(limit);
        List<StageEntity> rows = new ArrayList<>();
        long characters = 0;
        try (Stream<StageEntity> all = query.getResultStream()) {
            for (Iterator<StageEntity> next = all.iterator(); characters < MAX_CHARACTERS && next.hasNext(); ) {
                StageEntity row = next.next();
                characters += row.privatePart.length();
                rows.add(row);
                em.detach(row);
            }
        }
        return rows;
    }
}
