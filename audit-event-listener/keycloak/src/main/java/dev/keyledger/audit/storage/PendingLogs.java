package dev.keyledger.audit.storage;

import dev.keyledger.log.sequence.LogHead;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the logs that have something to do. */
public final class PendingLogs {
    private static final int MAX_LOGS = 64;

    private final Transactions transactions;

    public PendingLogs(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The logs with staged entries or with an unsigned tree, at most 64 of each kind; the others get the next turn. A
     * halted log waits for a person and takes nobody's turn; what is staged for a frozen one its newest epoch takes over.
     */
    public Set<String> find() {
        return transactions.run(em -> {
            Set<String> logs = new TreeSet<>(em.createQuery(
                            "select distinct s.logId from StageEntity s where s.state = :state and not exists"
                                    + " (select h.logId from HeadEntity h"
                                    + " where h.logId = s.logId and h.state = 'HALTED')",
                            String.class)
                    .setParameter("state", StageEntity.STAGED)
                    .setMaxResults(MAX_LOGS)
                    .getResultList());
            takeOver(em, logs);
            List<String> unsigned = em.createQuery(
                            "select h.logId from HeadEntity h where h.signedSize < h.treeSize and h.state = 'ACTIVE'",
                            String.class)
                    .setMaxResults(MAX_LOGS)
                    .getResultList();
            logs.addAll(unsigned);
            return logs;
        });
    }

    private static void takeOver(EntityManager em, Set<String> logs) {
        if (logs.isEmpty()) {
            return;
        }
        List<HeadEntity> frozen = em.createQuery(
                        "select h from HeadEntity h where h.logId in :logs and h.state = 'FROZEN'", HeadEntity.class)
                .setParameter("logs", List.copyOf(logs))
                .getResultList();
        for (HeadEntity head : frozen) {
            logs.remove(head.logId);
            HeadEntity newest = LogEpoch.heads(em, head.realm()).get(0);
            if (newest.state.equals(LogHead.State.ACTIVE.name())) {
                logs.add(newest.logId);
            }
        }
    }
}
