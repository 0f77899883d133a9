package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How many sequenced entries of one log happened in which hour, as they were counted when they were sequenced. */
public final class HourlyCounts {
    private static final int FETCH = 1_000;

    private final String logId;
    private final Transactions transactions;

    public HourlyCounts(String logId, Transactions transactions) {
        this.logId = logId;
        this.transactions = transactions;
    }

    /**
     * The entries of one hour that have these words.
     *
     * @param start epoch milliseconds of the hour's beginning
     */
    public record Count(
            long start, String kind, String operation, String resourceType, boolean success, long entries) {}

    /**
     * Reads the counts of the hours that begin in {@code [from, to)}, of the words that the query wants, the oldest
     * hours first. It reads at most so many rows as there are hours times facets.
     */
    public void read(EntryQuery query, long from, long to, Consumer<Count> counts) {
        transactions.run(em -> {
            Map<Integer, FacetEntity> facets = facets(em, query);
            if (!facets.isEmpty()) {
                em.createQuery(
                                "select h.start, h.facet, h.entries from HourEntity h where h.logId = :log"
                                        + " and h.start >= :from and h.start < :to and h.facet in :facets"
                                        + " and h.entries > 0 order by h.start",
                                Object[].class)
                        .setParameter("log", logId)
                        .setParameter("from", from)
                        .setParameter("to", to)
                        .setParameter("facets", facets.keySet())
                        .setHint("org.hibernate.fetchSize", FETCH)
                        .getResultStream()
                        .forEach(row -> {
                            FacetEntity facet = facets.get((Integer) row[1]);
                            if (facet != null) {
                                counts.accept(count(facet, row));
                            }
                        });
            }
            return facets.size();
        });
    }

    private Map<Integer, FacetEntity> facets(EntityManager em, EntryQuery query) {
        Map<Integer, FacetEntity> facets = new HashMap<>();
        em.createQuery("select f from FacetEntity f where f.logId = :log", FacetEntity.class)
                .setParameter("log", logId)
                .getResultStream()
                .filter(facet -> query.matchesWords(facet.kind, facet.operation, facet.resourceType, facet.success))
                .forEach(facet -> facets.put(facet.facet, facet));
        return facets;
    }

    private static Count count(FacetEntity facet, Object[] row) {
        return new Count((Long) row[0], facet.kind, facet.operation, facet.resourceType, facet.success, (Long) row[2]);
    }
}
