package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;

/**
 * The rows that bear a code of a master key by which this server knows its own: what realms have decided, and when logs
 * were verified.
 */
public final class CodedRows {
    private CodedRows() {}

    /**
     * Gives a code of the newest master key to the rows that bear a right one of an older key. One that is not right stays
     * as it is, and is noticed as before.
     */
    public static void renew(EntityManager em, KeyRing keys) {
        for (CapturePolicyEntity row : older(em, CapturePolicyEntity.class, keys)) {
            if (keys.isPolicy(row.mac, row.generation, row.realmId, row.policy)) {
                row.mac = keys.policyCode(row.realmId, row.policy);
                row.generation = keys.generation();
            }
        }
        for (RetentionEntity row : older(em, RetentionEntity.class, keys)) {
            if (keys.isPolicy(row.mac, row.generation, row.place(), row.policy)) {
                row.mac = keys.policyCode(row.place(), row.policy);
                row.generation = keys.generation();
            }
        }
        for (VerificationEntity row : older(em, VerificationEntity.class, keys)) {
            if (isOwn(row, keys)) {
                sign(row, keys);
            }
        }
    }

    /** Whether this server wrote when a log was verified. */
    static boolean isOwn(VerificationEntity row, KeyRing keys) {
        Integer generation = row.generation;
        String mac = row.mac;
        return generation != null && mac != null && keys.isPolicy(mac, generation, row.place(), row.times());
    }

    /** Says that this server wrote when a log was verified. */
    static void sign(VerificationEntity row, KeyRing keys) {
        row.mac = keys.policyCode(row.place(), row.times());
        row.generation = keys.generation();
    }

    private static <T> List<T> older(EntityManager em, Class<T> type, KeyRing keys) {
        return em.createQuery("select r from " + type.getSimpleName() + " r where r.generation < :newest", type)
                .setParameter("newest", keys.generation())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
