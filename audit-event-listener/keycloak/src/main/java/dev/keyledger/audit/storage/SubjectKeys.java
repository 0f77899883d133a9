package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The subjects' keys of one log, kept for one transaction. Only the holder of the head's lock creates them, so two
 * first events of one person cannot collide.
 */
final class SubjectKeys {
    private static final KeyedRows BY_SUBJECT = new KeyedRows("AUDIT_SUBJECT_KEY", "SUBJECT_REF", "WRAPPED_KEY");
    private static final RowInserts<SubjectKeyEntity> ROWS = RowInserts.ofSubjectKeys();

    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, String> wrapped = new ConcurrentHashMap<>();
    private final Map<String, Optional<Aead>> opened = new ConcurrentHashMap<>();

    SubjectKeys(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /** Reads the keys of many subjects at a time; those who have none are remembered, too. */
    void load(Collection<String> subjectRefs) {
        List<String> unknown = subjectRefs.stream().filter(asked::add).toList();
        BY_SUBJECT.find(em, logId, unknown, wrapped::put);
    }

    /** Does the same, and makes the keys, at this time, of those who have none: they are seen for the first time. */
    void loadOrCreate(Collection<String> subjectRefs, long time) {
        load(subjectRefs);
        List<SubjectKeyEntity> made = subjectRefs.stream()
                .filter(ref -> !wrapped.containsKey(ref))
                .map(ref -> create(ref, time))
                .toList();
        ROWS.insert(em, made);
        made.forEach(row -> wrapped.put(row.subjectRef, row.wrappedKey));
    }

    private SubjectKeyEntity create(String subjectRef, long time) {
        SubjectKeyEntity row = new SubjectKeyEntity();
        row.logId = logId;
        row.subjectRef = subjectRef;
        row.wrappedKey = keys.newSubjectKey(logId, subjectRef);
        row.createdTime = time;
        return row;
    }

    /** Returns the key of a subject that was loaded; empty when it has been deleted or does not open. Thread-safe. */
    Optional<Aead> loaded(String subjectRef) {
        return opened.computeIfAbsent(
                subjectRef, ref -> Optional.ofNullable(wrapped.get(ref)).flatMap(text -> open(ref, text)));
    }

    /** Returns the key of a subject that was loaded or created; throws when it does not open. Thread-safe. */
    Aead required(String subjectRef) {
        return loaded(subjectRef)
                .orElseThrow(() -> new IllegalStateException("the key of subject " + subjectRef + " of log " + logId
                        + " does not open; restore AUDIT_SUBJECT_KEY or AUDIT_KEY"));
    }

    private Optional<Aead> open(String subjectRef, String text) {
        try {
            return Optional.of(keys.subjectKey(logId, subjectRef, text));
        } catch (KeyException e) {
            return Optional.empty();
        }
    }
}
