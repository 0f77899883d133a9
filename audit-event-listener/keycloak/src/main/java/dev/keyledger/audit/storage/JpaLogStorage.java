package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.sequence.LogStorage;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One log in the database. The head row is locked with skip-locked semantics, so a second node that comes along finds
 * nothing to do instead of waiting.
 */
public final class JpaLogStorage implements LogStorage<StagedParts> {
    private static final int SKIP_LOCKED = -2;

    private final String logId;
    private final Transactions transactions;
    private final LogDirectory directory;
    private final KeyRing keys;
    private final InstantSource clock;
    private final Executor executor;

    /** @param executor does what needs no database while the thread that drives the log waits for the database */
    public JpaLogStorage(
            String logId,
            Transactions transactions,
            LogDirectory directory,
            KeyRing keys,
            InstantSource clock,
            Executor executor) {
        this.logId = logId;
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public <R> Optional<R> withLockedHead(Work<StagedParts, R> work) {
        directory.origin(logId);
        return transactions.run(em -> {
            List<HeadEntity> locked = em.createQuery(
                            "select h from HeadEntity h where h.logId = :log", HeadEntity.class)
                    .setParameter("log", logId)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                    .getResultList();
            if (locked.isEmpty() && em.find(HeadEntity.class, logId) == null) {
                throw new IllegalStateException("log " + logId + " has lost its row in AUDIT_HEAD; restore it");
            }
            return locked.isEmpty() ? Optional.<R>empty() : Optional.of(run(em, locked.get(0), work));
        });
    }

    private <R> R run(EntityManager em, HeadEntity head, Work<StagedParts, R> work) {
        PlannedByIndex.begin(em);
        return work.run(new JpaLockedLog(em, head, keys, clock, executor));
    }
}
