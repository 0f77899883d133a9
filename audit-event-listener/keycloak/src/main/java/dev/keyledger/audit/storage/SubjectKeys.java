package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The subjects' keys of one log, kept for one transaction. Only the holder of the head's lock creates them, so two
 * first events of one person cannot collide.
 */
final class SubjectKeys {
    private static final int CHUNK = 500;

    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, SubjectKeyEntity> rows = new HashMap<>();
    private final Map<String, Optional<Aead>> opened = new HashMap<>();

    SubjectKeys(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /** Reads the keys of many subjects at a time; those who have none are remembered, too. */
    void load(Collection<String> subjectRefs) {
        List<String> unknown = subjectRefs.stream().filter(asked::add).toList();
        for (int from = 0; from < unknown.size(); from += CHUNK) {
            List<String> chunk = unknown.subList(from, Math.min(unknown.size(), from + CHUNK));
            em.createQuery(
                            "select k from SubjectKeyEntity k where k.logId = :log and k.subjectRef in :refs",
                            SubjectKeyEntity.class)
                    .setParameter("log", logId)
                    .setParameter("refs", chunk)
                    .getResultStream()
                    .forEach(row -> rows.put(row.subjectRef, row));
        }
    }

    /** Returns the subject's key; empty when it has been deleted or does not open. */
    Optional<Aead> find(String subjectRef) {
        load(List.of(subjectRef));
        return opened.computeIfAbsent(
                subjectRef, ref -> Optional.ofNullable(rows.get(ref)).flatMap(this::open));
    }

    private Optional<Aead> open(SubjectKeyEntity row) {
        try {
            return Optional.of(keys.subjectKey(logId, row.subjectRef, row.wrappedKey));
        } catch (KeyException e) {
            return Optional.empty();
        }
    }

    /** Returns the subject's key, made at this time when the subject is seen first. */
    Aead findOrCreate(String subjectRef, long time) {
        Optional<Aead> known = find(subjectRef);
        if (known.isPresent()) {
            return known.get();
        }
        if (rows.containsKey(subjectRef)) {
            throw new IllegalStateException("the key of subject " + subjectRef + " of log " + logId
                    + " does not open; restore AUDIT_SUBJECT_KEY or AUDIT_KEY");
        }
        SubjectKeyEntity row = new SubjectKeyEntity();
        row.logId = logId;
        row.subjectRef = subjectRef;
        row.wrappedKey = keys.newSubjectKey(logId, subjectRef);
        row.createdTime = time;
        em.persist(row);
        rows.put(subjectRef, row);
        opened.remove(subjectRef);
        return find(subjectRef).orElseThrow();
    }
}
