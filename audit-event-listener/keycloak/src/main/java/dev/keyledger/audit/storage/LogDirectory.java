package dev.keyledger.audit.storage;

import dev.keyledger.log.sequence.LogHead;
import jakarta.persistence.EntityManager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the origin of every log. It is {@code <host>/audit/<realm id>}, and the host is the one in force when the log
 * is created: from then on the origin is read from the head row, because a log's origin must never change. Thread-safe.
 */
public final class LogDirectory {
    /** The id of the log of the server itself; every other log has its realm's id. */
    public static final String SERVER = "_server";

    private final Transactions transactions;
    private final String host;
    private final Map<String, String> origins = new ConcurrentHashMap<>();

    public LogDirectory(Transactions transactions, String host) {
        this.transactions = transactions;
        this.host = host;
    }

    /** Returns the origin, and creates the log, empty, when it does not exist. Commit point: the head's insert. */
    public String origin(String logId) {
        String known = origins.get(logId);
        if (known != null) {
            return known;
        }
        String origin = find(logId).orElseGet(() -> create(logId));
        origins.put(logId, origin);
        return origin;
    }

    private Optional<String> find(String logId) {
        return transactions.run(
                em -> Optional.ofNullable(em.find(HeadEntity.class, logId)).map(head -> head.origin));
    }

    private String create(String logId) {
        try {
            return transactions.run(em -> insert(em, logId).origin);
        } catch (RuntimeException e) {
            // Another node or thread was faster: its row is the log. Otherwise the failure is real. Which exception
            // tells of a row that exists depends on who runs the transaction: Keycloak throws one of its own.
            return find(logId).orElseThrow(() -> e);
        }
    }

    /**
     * Puts the row of a log back that the database has lost altogether, without entries and halted, so that nothing
     * begins anew under its name. Commit point: the head's insert. When another node was faster nothing happens.
     */
    public void restoreHalted(String logId, String origin, String reason) {
        transactions.run(em -> {
            if (em.find(HeadEntity.class, logId) == null) {
                HeadEntity head = new HeadEntity();
                head.logId = logId;
                head.origin = origin;
                head.state = LogHead.State.HALTED.name();
                head.haltReason = reason;
                em.persist(head);
            }
            return logId;
        });
    }

    private HeadEntity insert(EntityManager em, String logId) {
        if (hasEntries(em, logId)) {
            // An empty head beside entries would begin a second log under the same origin.
            throw new IllegalStateException("log " + logId + " has lost its row in AUDIT_HEAD; restore it");
        }
        HeadEntity head = new HeadEntity();
        head.logId = logId;
        head.origin = host + "/audit/"
                + URLEncoder.encode(logId, StandardCharsets.UTF_8).replace("+", "%20");
        em.persist(head);
        em.flush();
        return head;
    }

    private static boolean hasEntries(EntityManager em, String logId) {
        return !em.createQuery("select e.logIndex from EntryEntity e where e.logId = :log", Long.class)
                .setParameter("log", logId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
