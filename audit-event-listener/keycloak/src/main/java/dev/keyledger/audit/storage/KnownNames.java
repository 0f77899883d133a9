package dev.keyledger.audit.storage;

import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that the people of one log have or had, so that a former one still leads to them. Written in the transaction
 * that sequences the entries which tell them, deleted when the person is erased.
 */
final class KnownNames {
    private static final KeyedRows BY_NAME = new KeyedRows("AUDIT_NAME", "NAME_REF", "SUBJECT_REF");
    private static final RowInserts<NameEntity.Key> ROWS = RowInserts.ofNames();

    private final EntityManager em;
    private final String logId;
    private final Set<NameEntity.Key> stored = new HashSet<>();
    private final Set<String> read = new HashSet<>();

    KnownNames(EntityManager em, String logId) {
        this.em = em;
        this.logId = logId;
    }

    /** What the slots of one entry tell. */
    static List<NameEntity.Key> told(String logId, Map<Slot, Disclosure> parts, References references) {
        List<NameEntity.Key> told = new ArrayList<>();
        PersonNames.of(parts)
                .forEach((id, names) -> names.forEach(
                        name -> told.add(new NameEntity.Key(logId, references.of(name), references.of(id)))));
        return told;
    }

    /** Stores what is not known yet. Only the holder of the head's lock may. */
    void add(Set<NameEntity.Key> told) {
        Set<String> unread = new LinkedHashSet<>();
        told.stream().map(NameEntity.Key::nameRef).filter(read::add).forEach(unread::add);
        BY_NAME.find(em, logId, unread, (name, subject) -> stored.add(new NameEntity.Key(logId, name, subject)));
        ROWS.insert(em, told.stream().filter(stored::add).toList());
    }

    /** The people who are or were called one of these. */
    static List<String> subjects(EntityManager em, String logId, Collection<String> nameRefs) {
        return nameRefs.isEmpty()
                ? List.of()
                : em.createQuery(
                                "select distinct n.subjectRef from NameEntity n"
                                        + " where n.logId = :log and n.nameRef in :names",
                                String.class)
                        .setParameter("log", logId)
                        .setParameter("names", nameRefs)
                        .getResultList();
    }
}
