package dev.keyledger.scim.keycloak.query;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * Reads a row in order to change it: locked until the transaction ends, and as it is once the lock was got. JPA's own locking
 * find does not read a row again that the transaction has read before.
 */
public final class RowLock {
    private RowLock() {}

    /** The row of that id, or empty if there is none. */
    public static <E> Optional<E> take(EntityManager entities, Class<E> entity, String id) {
        if (!isLoaded(entities.unwrap(SessionImplementor.class), entity, id)) {
            return Optional.ofNullable(entities.find(entity, id, LockModeType.PESSIMISTIC_WRITE));
        }
        try {
            E known = entities.getReference(entity, id);
            entities.flush();
            entities.refresh(known, LockModeType.PESSIMISTIC_WRITE);
            return Optional.of(known);
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoaded(SessionImplementor session, Class<?> entity, String id) {
        EntityKey key = session.generateEntityKey(
                id, session.getFactory().getMappingMetamodel().getEntityDescriptor(entity));
        return session.getPersistenceContextInternal().containsEntity(key);
    }
}
