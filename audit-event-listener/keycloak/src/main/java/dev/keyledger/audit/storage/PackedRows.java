package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of one log that hold several slots, in a transaction that runs. */
public final class PackedRows {
    private static final RowInserts<PrivateEntity> ROWS = RowInserts.ofPrivateParts();

    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;

    public PackedRows(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /**
     * Gives each slot of these entries a row of its own, so that one can go and another stay. What does not open does not open
     * afterwards either. Only the holder of the head's lock may.
     */
    public void unpack(Collection<Long> indices) {
        Set<String> several = new HashSet<>(PackedSlots.labels());
        Set.of(Slot.values()).forEach(slot -> several.remove(slot.label()));
        List<Object[]> packed = em.createQuery(
                        "select p, e.id from PrivateEntity p, EntryEntity e where p.logId = :log and e.logId = :log"
                                + " and e.logIndex = p.logIndex and p.logIndex in :indices and p.slot in :several",
                        Object[].class)
                .setParameter("log", logId)
                .setParameter("indices", indices)
                .setParameter("several", several)
                .getResultList();
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        subjects.load(
                packed.stream().map(row -> ((PrivateEntity) row[0]).subjectRef).toList());
        List<PrivateEntity> alone = new ArrayList<>();
        for (Object[] row : packed) {
            PrivateEntity whole = (PrivateEntity) row[0];
            alone.addAll(alone(whole, (String) row[1], subjects));
            em.remove(whole);
        }
        removeBeside(alone);
        em.flush();
        ROWS.insert(em, alone);
    }

    /** Rows that somebody has put beside a packed one, of slots which that holds: they would keep the slots from being erased. */
    private void removeBeside(List<PrivateEntity> alone) {
        Set<PrivateEntity.Key> held = alone.stream().map(PackedRows::key).collect(Collectors.toSet());
        if (held.isEmpty()) {
            return;
        }
        em
                .createQuery(
                        "select p from PrivateEntity p where p.logId = :log and p.logIndex in :indices and p.slot in :one",
                        PrivateEntity.class)
                .setParameter("log", logId)
                .setParameter(
                        "indices",
                        held.stream().map(PrivateEntity.Key::logIndex).collect(Collectors.toSet()))
                .setParameter("one", held.stream().map(PrivateEntity.Key::slot).collect(Collectors.toSet()))
                .getResultList()
                .stream()
                .filter(row -> held.contains(key(row)))
                .forEach(em::remove);
    }

    private static PrivateEntity.Key key(PrivateEntity row) {
        return new PrivateEntity.Key(row.logId, row.logIndex, row.slot);
    }

    private List<PrivateEntity> alone(PrivateEntity whole, String entryId, SubjectKeys subjects) {
        PackedSlots slots = PackedSlots.parse(whole.slot);
        Map<Slot, Disclosure> open =
                subjects
                        .loaded(whole.subjectRef)
                        .map(key -> slots.open(key, entryId, whole.data))
                        .orElse(List.of())
                        .stream()
                        .collect(Collectors.toMap(Disclosure::slot, part -> part));
        List<PrivateEntity> alone = new ArrayList<>();
        for (Slot slot : slots.slots()) {
            PrivateEntity row = new PrivateEntity();
            row.logId = whole.logId;
            row.logIndex = whole.logIndex;
            row.slot = slot.label();
            row.subjectRef = whole.subjectRef;
            row.data = Optional.ofNullable(open.get(slot))
                    .map(part -> PackedSlots.seal(subjects.required(whole.subjectRef), entryId, List.of(part)))
                    .orElse(whole.data);
            alone.add(row);
        }
        return alone;
    }
}
