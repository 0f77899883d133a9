package dev.keyledger.scim.keycloak.query;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.UnresolvableObjectException;
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
        if (!isLoaded(entities, entity, id)) {
            return Optional.ofNullable(entities.find(entity, id, LockModeType.PESSIMISTIC_WRITE));
        }
        return reread(entities, entity, id);
    }

    /** Takes the lock of a row that was read before, and reads it again; nobody has changed one that is locked already. */
    private static <E> Optional<E> reread(EntityManager entities, Class<E> entity, String id) {
        try {
            E known = entities.getReference(entity, id);
            if (entities.getLockMode(known) != LockModeType.PESSIMISTIC_WRITE) {
                entities.flush();
                entities.refresh(known, LockModeType.PESSIMISTIC_WRITE);
            }
            return Optional.of(known);
        } catch (RuntimeException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Keycloak puts an exception of its own around JPA's or Hibernate's. */
    private static boolean isGone(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof EntityNotFoundException || cause instanceof UnresolvableObjectException) {
                return true;
            }
        }
        return false;
    }

    /** Whether the session has read that row. */
    public static boolean isLoaded(EntityManager entities, Class<?> entity, String id) {
        SessionImplementor session = entities.unwrap(SessionImplementor.class);
        EntityKey key = session.generateEntityKey(
                id, session.getFactory().getMappingMetamodel().getEntityDescriptor(entity));
        return session.getPersistenceContextInternal().containsEntity(key);
    }
}
