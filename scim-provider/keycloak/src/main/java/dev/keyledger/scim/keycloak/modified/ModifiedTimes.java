package dev.keyledger.scim.keycloak.modified;

import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.TreeSet;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Moves {@code lastModified} of users and groups with every change, whoever makes it: once for each transaction that changes
 * one, and always forward, so that no two states of a resource have the same time.
 *
 * <p>Commit point: the changing transaction's own; the new time is written just before it, and both are durable or neither is.
 */
public final class ModifiedTimes {
    private final InstantSource clock;

    private ModifiedTimes(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins when the database is ready, for the life of the server. */
    public static void keep(KeycloakSessionFactory factory, InstantSource clock) {
        ModifiedTimes times = new ModifiedTimes(clock);
        factory.register(times::heed);
    }

    /**
     * Moves the time of a group forward that the session has not read: by the last statement before the commit, so that its row
     * is locked for no longer than that takes, or by {@link #write}. If the group is gone then, the transaction fails as one
     * that collided.
     */
    public static void moveGroup(EntityManager entities, String id, InstantSource clock) {
        Touches.note(
                entities.unwrap(SharedSessionContractImplementor.class), clock, touches -> touches.unreadGroup(id));
    }

    /** Writes what {@link #moveGroup} has put off, before such a group is read. */
    public static void write(EntityManager entities, InstantSource clock) {
        Session session = entities.unwrap(Session.class);
        Touches.of(session).writeUnread(session, clock.millis());
    }

    private void heed(ProviderEvent event) {
        if (event instanceof PostMigrationEvent migrated) {
            KeycloakModelUtils.runJobInTransaction(migrated.getFactory(), this::listen);
        } else if (event instanceof UserModel.UserPreRemovedEvent removal) {
            leaveGroups(removal.getKeycloakSession(), removal.getUser().getId());
        }
    }

    private void listen(KeycloakSession session) {
        EventListenerRegistry registry = entities(session)
                .getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getEventEngine()
                .getListenerRegistry();
        RowListener listener = new RowListener(clock);
        registry.appendListeners(EventType.POST_INSERT, listener);
        registry.appendListeners(EventType.POST_UPDATE, listener);
        registry.appendListeners(EventType.POST_DELETE, listener);
        registry.appendListeners(EventType.POST_COLLECTION_UPDATE, listener);
    }

    /**
     * Keycloak removes the memberships of a user by one statement, which no listener sees. The groups' rows are locked here,
     * before the user's is removed: whoever adds members holds the group's lock first, and waits for the user's.
     */
    private void leaveGroups(KeycloakSession session, String userId) {
        EntityManager entities = entities(session);
        TreeSet<String> groups = new TreeSet<>(entities.createQuery(
                        "select m.groupId from UserGroupMembershipEntity m where m.user.id = :id", String.class)
                .setParameter("id", userId)
                .getResultList());
        Touches.write(entities.unwrap(Session.class), Touches.GROUPS, groups, clock.millis());
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
