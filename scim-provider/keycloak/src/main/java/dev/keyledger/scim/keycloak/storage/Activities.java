package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** How much the connections of one realm are used, hour by hour, in the session's transaction. */
public final class Activities {
    /** How long an hour is kept; a connection's newest one is kept until there is another. */
    private static final Duration KEPT = Duration.ofHours(25);

    private final EntityManager entities;
    private final String realmId;

    /** Those of the realm of that id. */
    public Activities(KeycloakSession session, String realmId) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    /**
     * Adds what one node has counted in an hour. The row is locked, so that no node's count is lost; of two nodes that make the
     * same row the second fails with its transaction, and finds it the next time.
     */
    public void add(String connection, long hour, Tally counted) {
        ActivityEntity row = entities.find(
                ActivityEntity.class,
                new ActivityEntity.Key(realmId, connection, hour),
                LockModeType.PESSIMISTIC_WRITE);
        boolean first = row == null;
        if (row == null) {
            row = new ActivityEntity();
            row.realmId = realmId;
            row.connection = connection;
            row.hour = hour;
        }
        Tally all = first ? counted : row.tally().plus(counted);
        row.requests = all.requests();
        row.errors = all.errors();
        row.last = all.last();
        row.lastStatus = all.lastStatus();
        row.lastError = all.lastError();
        if (first) {
            entities.persist(row);
            forgetBefore(connection, hour - KEPT.toMillis());
        }
    }

    private void forgetBefore(String connection, long hour) {
        entities.createQuery("delete from ActivityEntity a where a.realmId = :realm and a.connection = :connection"
                        + " and a.hour < :hour")
                .setParameter("realm", realmId)
                .setParameter("connection", connection)
                .setParameter("hour", hour)
                .executeUpdate();
    }

    /** What is kept of all connections of the realm, the oldest first. */
    public List<ActivityEntity> all() {
        return entities.createQuery(
                        "select a from ActivityEntity a where a.realmId = :realm order by a.hour, a.connection",
                        ActivityEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** What is kept of a connection, the oldest first. */
    public List<ActivityEntity> of(String connection) {
        return entities.createQuery(
                        "select a from ActivityEntity a where a.realmId = :realm and a.connection = :connection"
                                + " order by a.hour",
                        ActivityEntity.class)
                .setParameter("realm", realmId)
                .setParameter("connection", connection)
                .getResultList();
    }

    /** Forgets all of a connection. */
    public void forget(String connection) {
        forgetBefore(connection, Long.MAX_VALUE);
    }
}
