package dev.keyledger.audit.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how all logs together are, in a few statements that do not grow with what is in them. */
public final class IntegrityRows {
    private final Transactions transactions;

    public IntegrityRows(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A halted log. */
    public record Halted(String logId, String origin, String reason) {}

    /**
     * What there is.
     *
     * @param findings that stand
     * @param staged entries that wait for a log that is not halted
     * @param oldestStaged time of the oldest of them; null when there is none
     * @param unsigned sealed entries that are not signed yet
     * @param signed signed entries of all logs
     * @param gaps entries that tell of missing ones
     */
    public record Counts(
            List<Halted> halted,
            long findings,
            long quarantined,
            long staged,
            @Nullable Long oldestStaged,
            long unsigned,
            long signed,
            long gaps) {
        /** Before anybody has looked. */
        public static final Counts NONE = new Counts(List.of(), 0, 0, 0, null, 0, 0, 0);
    }

    public Counts read() {
        return transactions.run(em -> {
            List<Halted> halted = em.createQuery(
                            "select h from HeadEntity h where h.state = 'HALTED' order by h.logId", HeadEntity.class)
                    .getResultStream()
                    .map(row -> new Halted(row.logId, row.origin, row.haltReason == null ? "" : row.haltReason))
                    .toList();
            long findings = em.createQuery(
                            "select count(f.fingerprint) from FindingEntity f where f.goneTime is null", Long.class)
                    .getSingleResult();
            long quarantined = em.createQuery(
                            "select count(s.id) from StageEntity s where s.state = 'QUARANTINED'", Long.class)
                    .getSingleResult();
            Object[] staged = em.createQuery(
                            "select count(s.id), min(s.eventTime) from StageEntity s where s.state = 'STAGED' and not"
                                    + " exists (select h.logId from HeadEntity h where h.logId = s.logId"
                                    + " and h.state = 'HALTED')",
                            Object[].class)
                    .getSingleResult();
            Object[] sizes = em.createQuery(
                            "select coalesce(sum(h.treeSize - h.signedSize), 0), coalesce(sum(h.signedSize), 0)"
                                    + " from HeadEntity h",
                            Object[].class)
                    .getSingleResult();
            Number gaps = em.createQuery(
                            "select coalesce(sum(c.entries), 0) from HourEntity c join FacetEntity f"
                                    + " on f.logId = c.logId and f.facet = c.facet where f.operation = 'GAP'",
                            Number.class)
                    .getSingleResult();
            return new Counts(
                    halted,
                    findings,
                    quarantined,
                    (Long) staged[0],
                    (Long) staged[1],
                    ((Number) sizes[0]).longValue(),
                    ((Number) sizes[1]).longValue(),
                    gaps.longValue());
        });
    }
}
