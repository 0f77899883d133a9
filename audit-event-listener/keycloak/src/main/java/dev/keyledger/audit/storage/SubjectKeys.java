package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subjects' keys of one log, kept for one transaction. Only the holder of the head's lock creates them, so two
 * first events of one person cannot collide.
 */
final class SubjectKeys {
    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;
    private final Map<String, Optional<Aead>> opened = new HashMap<>();

    SubjectKeys(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /** Returns the subject's key; empty when it has been deleted or does not open. */
    Optional<Aead> find(String subjectRef) {
        return opened.computeIfAbsent(subjectRef, ref -> {
            SubjectKeyEntity row = row(ref);
            try {
                return row == null ? Optional.empty() : Optional.of(keys.subjectKey(logId, ref, row.wrappedKey));
            } catch (KeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Returns the subject's key, made at this time when the subject is seen first. */
    Aead findOrCreate(String subjectRef, long time) {
        Optional<Aead> known = find(subjectRef);
        if (known.isPresent()) {
            return known.get();
        }
        SubjectKeyEntity row = row(subjectRef);
        if (row != null) {
            throw new IllegalStateException("the key of subject " + subjectRef + " of log " + logId
                    + " does not open; restore AUDIT_SUBJECT_KEY or AUDIT_KEY");
        }
        row = new SubjectKeyEntity();
        row.logId = logId;
        row.subjectRef = subjectRef;
        row.wrappedKey = keys.newSubjectKey(logId, subjectRef);
        row.createdTime = time;
        em.persist(row);
        opened.remove(subjectRef);
        return find(subjectRef).orElseThrow();
    }

    private @Nullable SubjectKeyEntity row(String subjectRef) {
        return em.find(SubjectKeyEntity.class, new SubjectKeyEntity.Key(logId, subjectRef));
    }
}
