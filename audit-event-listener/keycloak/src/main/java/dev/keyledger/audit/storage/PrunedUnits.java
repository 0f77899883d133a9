package dev.keyledger.audit.storage;

import dev.keyledger.log.FormatException;
import jakarta.persistence.EntityManager;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The units of one log that were pruned. They have no gap between them and begin with the first entry, so what lies behind
 * the last is whole. Reads only.
 */
public final class PrunedUnits {
    private static final int MAX_NAMED = 20;

    private final String logId;
    private final Transactions transactions;

    public PrunedUnits(String logId, Transactions transactions) {
        this.logId = logId;
        this.transactions = transactions;
    }

    /** The C2SP minimum index: from here on the database has every entry, below it only those that were kept. */
    public long minIndex() {
        return transactions.run(this::minIndex);
    }

    /** The same, in a transaction that runs. */
    long minIndex(EntityManager em) {
        long min = 0;
        for (Object[] range : em.createQuery(
                        "select p.from, p.to from PrunedEntity p where p.logId = :log order by p.from", Object[].class)
                .setParameter("log", logId)
                .getResultList()) {
            if ((Long) range[0] != min) {
                return min;
            }
            min = (Long) range[1];
        }
        return min;
    }

    /** All of them, in order. A list of kept rows that somebody has made unreadable is taken for one of none. */
    public List<PrunedUnit> list() {
        return transactions.run(em -> em.createQuery(
                        "select p from PrunedEntity p where p.logId = :log order by p.from", PrunedEntity.class)
                .setParameter("log", logId)
                .getResultStream()
                .map(row -> unit(em, row))
                .toList());
    }

    private PrunedUnit unit(EntityManager em, PrunedEntity row) {
        Long index = em.createQuery(
                        "select e.logIndex from EntryEntity e where e.id = :id and e.logId = :log", Long.class)
                .setParameter("id", row.entryId)
                .setParameter("log", logId)
                .getResultStream()
                .findFirst()
                .orElse(null);
        return unit(row, index);
    }

    static PrunedUnit unit(PrunedEntity row, @Nullable Long index) {
        return new PrunedUnit(row.from, row.to, kept(row), row.prunedTime, row.entryId, index);
    }

    private static BitSet kept(PrunedEntity row) {
        try {
            return KeptRows.parse(row.kept);
        } catch (FormatException e) {
            return new BitSet();
        }
    }

    /** Whether the database still has every row of a range. */
    public boolean hasAll(long from, long to) {
        long count = transactions.run(em -> em.createQuery(
                        "select count(e.logIndex) from EntryEntity e where e.logId = :log and e.logIndex >= :from"
                                + " and e.logIndex < :to",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getSingleResult());
        return count == to - from;
    }

    /** The archives that have a range, by their names and ranges, in one line. */
    public String archives(long from, long to) {
        List<String> names = transactions.run(em -> em.createQuery(
                        "select a from ArchiveEntity a where a.logId = :log and a.from < :to and a.to > :from"
                                + " order by a.from",
                        ArchiveEntity.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setMaxResults(MAX_NAMED)
                .getResultStream()
                .map(row -> row.place)
                .toList());
        return String.join(", ", names);
    }
}
