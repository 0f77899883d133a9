package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks of one log what {@link FacetCounts} has written: nothing but searches and statistics depends on it. */
final class StoredFacets {
    private final String logId;
    private Map<Integer, FacetEntity> known = Map.of();

    StoredFacets(String logId) {
        this.logId = logId;
    }

    /** Whether an entry's facet has the entry's words. */
    boolean isOf(EntityManager em, EntryEntity row) {
        if (!known.containsKey(row.facet)) {
            // A facet that is new since.
            known = em.createQuery("select f from FacetEntity f where f.logId = :log", FacetEntity.class)
                    .setParameter("log", logId)
                    .getResultStream()
                    .collect(Collectors.toMap(facet -> facet.facet, Function.identity()));
        }
        FacetEntity facet = known.get(row.facet);
        return facet != null
                && facet.kind.equals(row.kind)
                && facet.operation.equals(row.operation)
                && facet.resourceType.equals(row.resourceType)
                && facet.success == row.success;
    }

    /**
     * Whether every entry is counted once, in its hour, and none is newer than its facet says. Each question is one
     * statement, so that what is sealed meanwhile is in all that it looks at, or in nothing.
     */
    boolean areCounted(EntityManager em) {
        boolean hidden = exists(
                em,
                "select count(f) from FacetEntity f where f.logId = :log and f.lastTime <"
                        + " (select max(e.eventTime) from EntryEntity e where e.logId = f.logId and e.facet = f.facet)");
        boolean miscounted = exists(
                em,
                "select count(h) from HourEntity h where h.logId = :log and (mod(h.start, " + HourEntity.HOUR
                        + ") <> 0 or h.entries <>"
                        + " (select count(e.logIndex) from EntryEntity e where e.logId = h.logId and e.facet = h.facet"
                        + " and e.eventTime >= h.start and e.eventTime < h.start + " + HourEntity.HOUR + "))");
        boolean missing = exists(
                em,
                "select count(d) from HeadEntity d where d.logId = :log and"
                        + " (select count(e.logIndex) from EntryEntity e where e.logId = d.logId) <>"
                        + " (select coalesce(sum(h.entries), 0) from HourEntity h where h.logId = d.logId)");
        return !hidden && !miscounted && !missing;
    }

    private boolean exists(EntityManager em, String counting) {
        return em.createQuery(counting, Long.class).setParameter("log", logId).getSingleResult() > 0;
    }
}
