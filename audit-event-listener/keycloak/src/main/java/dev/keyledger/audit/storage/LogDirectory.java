package dev.keyledger.audit.storage;

import dev.keyledger.log.sequence.LogHead;
import jakarta.persistence.EntityManager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the logs of the realms, and the origin of every log. The origin is {@code <host>/audit/<realm id>}, and the host is the one in force when the log
 * is created: from then on the origin is read from the head row, because a log's origin must never change. After a
 * recovery the realm's entries go to a log of another id and origin, its next epoch; a node that has not heard of it
 * stages for the frozen one, and whoever seals takes them over. Thread-safe.
 */
public final class LogDirectory {
    /** The id of the log of the server itself; every other log has its realm's id. */
    public static final String SERVER = "_server";

    private final Transactions transactions;
    private final String host;
    private final Map<String, String> origins = new ConcurrentHashMap<>();
    private final Map<String, String> newest = new ConcurrentHashMap<>();

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

    /** The id of the log that a realm's entries go to; it exists after this call. */
    public String current(String realmId) {
        String known = newest.get(realmId);
        return known == null ? renew(realmId) : known;
    }

    /** The same, read anew: another node may have recovered the log. */
    public String renew(String realmId) {
        List<LogEpoch> epochs = epochs(realmId);
        if (epochs.isEmpty()) {
            origin(realmId);
        }
        String logId = epochs.isEmpty() ? realmId : epochs.get(0).logId();
        newest.put(realmId, logId);
        return logId;
    }

    /** Forgets which epochs are the newest. */
    public void forgetEpochs() {
        newest.clear();
    }

    /** All epochs of a realm, the newest first; empty when it has no log yet. */
    public List<LogEpoch> epochs(String realmId) {
        return transactions.run(
                em -> LogEpoch.heads(em, realmId).stream().map(LogEpoch::of).toList());
    }

    /** The realm whose log has this id; the log exists after this call. */
    public String realm(String logId) {
        origin(logId);
        return transactions.run(em -> {
            HeadEntity head = em.find(HeadEntity.class, logId);
            return head == null ? logId : head.realm();
        });
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
    public void restoreHalted(String realmId, String origin, String reason) {
        transactions.run(em -> {
            if (em.find(HeadEntity.class, realmId) == null) {
                HeadEntity head = new HeadEntity();
                head.logId = realmId;
                head.origin = origin;
                head.epoch = LogEpoch.number(origin);
                head.state = LogHead.State.HALTED.name();
                head.haltReason = reason;
                em.persist(head);
            }
            return realmId;
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
