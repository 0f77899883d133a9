package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
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
    private static final int CHUNK = 500;

    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;
    private final Set<NameEntity.Key> stored = new HashSet<>();
    private final Set<String> read = new HashSet<>();

    KnownNames(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /** Stores what these entries tell and is not known yet. Only the holder of the head's lock may. */
    void add(Collection<Map<Slot, Disclosure>> entries) {
        Set<NameEntity.Key> told = new LinkedHashSet<>();
        for (Map<Slot, Disclosure> parts : entries) {
            PersonNames.of(parts)
                    .forEach((id, names) -> names.forEach(name -> told.add(
                            new NameEntity.Key(logId, keys.newReference(logId, name), keys.newReference(logId, id)))));
        }
        told.removeAll(stored);
        read(told.stream().map(NameEntity.Key::nameRef).filter(read::add).toList());
        for (NameEntity.Key key : told) {
            if (stored.add(key)) {
                NameEntity row = new NameEntity();
                row.logId = logId;
                row.nameRef = key.nameRef();
                row.subjectRef = key.subjectRef();
                em.persist(row);
            }
        }
    }

    private void read(List<String> nameRefs) {
        for (int from = 0; from < nameRefs.size(); from += CHUNK) {
            em.createQuery(
                            "select n.nameRef, n.subjectRef from NameEntity n"
                                    + " where n.logId = :log and n.nameRef in :names",
                            Object[].class)
                    .setParameter("log", logId)
                    .setParameter("names", nameRefs.subList(from, Math.min(nameRefs.size(), from + CHUNK)))
                    .getResultList()
                    .forEach(row -> stored.add(new NameEntity.Key(logId, (String) row[0], (String) row[1])));
        }
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
