package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the facets of one log and counts its entries, in the transaction that sequences them. That one holds the lock
 * of the log's head, so nobody else counts at the same time; when it fails, nothing was counted.
 */
final class FacetCounts {
    private final EntityManager em;
    private final String logId;
    private final Map<HourEntity.Key, HourEntity> hours = new HashMap<>();
    private @Nullable Map<Words, FacetEntity> facets;

    FacetCounts(EntityManager em, String logId) {
        this.em = em;
        this.logId = logId;
    }

    private record Words(String kind, String operation, String resourceType, boolean success) {}

    /** Counts an entry; answers the number of its facet. */
    int count(SearchIndex entry) {
        Words words = new Words(entry.kind(), entry.operation(), entry.resourceType(), entry.success());
        FacetEntity facet = facets().computeIfAbsent(words, this::add);
        facet.lastTime = Math.max(facet.lastTime, entry.time());
        hours.computeIfAbsent(HourEntity.key(logId, entry.time(), facet.facet), this::hour).entries++;
        return facet.facet;
    }

    /** Takes the entries from an index on out of the count, before they are deleted. */
    void uncount(long from) {
        uncount(em.createQuery(
                        "select e.eventTime, e.facet from EntryEntity e where e.logId = :log and e.logIndex >= :from",
                        Object[].class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .getResultList());
    }

    /** The same of these entries. */
    void uncount(Collection<Long> indices) {
        uncount(em.createQuery(
                        "select e.eventTime, e.facet from EntryEntity e where e.logId = :log and e.logIndex in :indices",
                        Object[].class)
                .setParameter("log", logId)
                .setParameter("indices", indices)
                .getResultList());
    }

    private void uncount(List<Object[]> entries) {
        for (Object[] entry : entries) {
            hours.computeIfAbsent(HourEntity.key(logId, (Long) entry[0], (Integer) entry[1]), this::hour).entries--;
        }
    }

    private Map<Words, FacetEntity> facets() {
        Map<Words, FacetEntity> known = facets;
        if (known == null) {
            known = new HashMap<>();
            for (FacetEntity facet : em.createQuery(
                            "select f from FacetEntity f where f.logId = :log", FacetEntity.class)
                    .setParameter("log", logId)
                    .getResultList()) {
                known.put(new Words(facet.kind, facet.operation, facet.resourceType, facet.success), facet);
            }
            facets = known;
        }
        return known;
    }

    private FacetEntity add(Words words) {
        FacetEntity facet = new FacetEntity();
        facet.logId = logId;
        facet.facet = 1
                + facets().values().stream().mapToInt(each -> each.facet).max().orElse(0);
        facet.kind = words.kind();
        facet.operation = words.operation();
        facet.resourceType = words.resourceType();
        facet.success = words.success();
        facet.lastTime = Long.MIN_VALUE;
        em.persist(facet);
        return facet;
    }

    private HourEntity hour(HourEntity.Key key) {
        HourEntity known = em.find(HourEntity.class, key);
        if (known != null) {
            return known;
        }
        HourEntity hour = new HourEntity();
        hour.logId = logId;
        hour.start = key.start();
        hour.facet = key.facet();
        em.persist(hour);
        return hour;
    }
}
