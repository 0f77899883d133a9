package dev.keyledger.audit.storage;

import dev.keyledger.log.bundle.SealedPart;
import dev.keyledger.log.bundle.SealedParts;
import java.util.List;

/** The private parts of one log as they lie there: encrypted, and without those that were erased. */
public final class StoredParts implements SealedParts {
    private final String logId;
    private final Transactions transactions;

    public StoredParts(String logId, Transactions transactions) {
        this.logId = logId;
        this.transactions = transactions;
    }

    @Override
    public List<SealedPart> read(long from, long to) {
        return transactions.run(em -> em.createQuery(
                        "select p from PrivateEntity p where p.logId = :log and p.logIndex >= :from"
                                + " and p.logIndex < :to and p.subjectRef <> :erased order by p.logIndex, p.slot",
                        PrivateEntity.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("erased", PrivateEntity.ERASED)
                .getResultStream()
                .map(row -> new SealedPart(row.logIndex, row.slot, row.subjectRef, row.data))
                .toList());
    }
}
