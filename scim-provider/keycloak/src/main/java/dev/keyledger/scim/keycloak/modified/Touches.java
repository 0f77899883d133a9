package dev.keyledger.scim.keycloak.modified;

import jakarta.persistence.OptimisticLockException;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.connections.jpa.util.JpaUtils;

/**
 * The users and groups that one transaction changed and whose time of change is still to be written. Lives in the properties
 * of the Hibernate session, which take serializable values only.
 */
final class Touches implements Serializable {
    /** The table of users. */
    static final String USERS = "USER_ENTITY";

    /** The table of groups. */
    static final String GROUPS = "KEYCLOAK_GROUP";

    private static final long serialVersionUID = 1L;
    private static final String PROPERTY = Touches.class.getName();

    private final TreeSet<String> users = new TreeSet<>();
    private final TreeSet<String> groups = new TreeSet<>();
    private final TreeSet<String> unread = new TreeSet<>();
    private final HashSet<String> settled = new HashSet<>();
    private boolean enlisted;

    /** What the session's transaction changed up to now. */
    static Touches of(Session session) {
        if (session.getProperties().get(PROPERTY) instanceof Touches known) {
            return known;
        }
        Touches fresh = new Touches();
        session.setProperty(PROPERTY, fresh);
        return fresh;
    }

    /** Takes down a change in the session's transaction; what is to be written then is written when it commits. */
    static void note(SharedSessionContractImplementor ofRow, InstantSource clock, Consumer<Touches> change) {
        // the import of a realm writes what is all new, by sessions that end before the transaction does
        if (!(ofRow instanceof Session session) || EntityManagers.isBatchMode()) {
            return;
        }
        Touches touches = of(session);
        change.accept(touches);
        if (touches.enlist()) {
            BeforeCompletionCallback write = atCommit -> touches.writeAll(session, clock.millis());
            ofRow.getTransactionCompletionCallbacks().registerCallback(write);
        }
    }

    /** Whether {@link #writeAll} has to be arranged for: there is something to write, and it was not asked before. */
    private boolean enlist() {
        boolean asked = enlisted;
        enlisted = asked || !users.isEmpty() || !groups.isEmpty() || !unread.isEmpty();
        return enlisted && !asked;
    }

    /** The user changed. */
    void user(String id) {
        users.add(id);
    }

    /** The group changed; the parent of the groups of the top level, which is blank, is none. */
    void group(String id) {
        if (!id.isBlank()) {
            groups.add(id);
        }
    }

    /** The group, which has to be there and whose row the session has not read, changed. */
    void unreadGroup(String id) {
        unread.add(id);
    }

    /** The user or group of that id has its time already, or is gone. */
    void settle(String id) {
        settled.add(id);
    }

    /** Writes the times that are missing, in one order, so that two transactions do not wait for each other. */
    private void writeAll(Session session, long now) {
        writeUnread(session, now);
        users.removeAll(settled);
        groups.removeAll(settled);
        write(session, USERS, users, now);
        write(session, GROUPS, groups, now);
        users.clear();
        groups.clear();
        settled.clear();
        enlisted = false;
    }

    /** Writes those of groups that the session has not read; throws a collision if one of them is gone. */
    void writeUnread(Session session, long now) {
        if (write(session, GROUPS, unread, now) != unread.size()) {
            throw new OptimisticLockException("one of the groups " + unread + " is gone: another request was faster");
        }
        groups.removeAll(unread);
        unread.clear();
    }

    /**
     * Moves the time of these rows forward: to {@code now}, or by a millisecond if it is there already. Returns how many of them
     * there are.
     */
    static int write(Session session, String table, Collection<String> ids, long now) {
        if (ids.isEmpty()) {
            return 0;
        }
        String sql = "update " + JpaUtils.getTableNameForNativeQuery(table, session)
                + " set LAST_MODIFIED_TIMESTAMP = case when LAST_MODIFIED_TIMESTAMP >= ?"
                + " then LAST_MODIFIED_TIMESTAMP + 1 else ? end where ID = ?";
        return session.doReturningWork(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (String id : ids) {
                    update.setLong(1, now);
                    update.setLong(2, now);
                    update.setString(3, id);
                    update.addBatch();
                }
                return IntStream.of(update.executeBatch()).sum();
            }
        });
    }
}
