package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PackedRows;
import dev.keyledger.audit.storage.PackedSlots;
import dev.keyledger.audit.storage.PrivateEntity;
import dev.keyledger.log.entry.ErasedSlots;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of one epoch that hold slots which an erasure takes, in a transaction that runs. */
final class SlotRows {
    private static final int CHUNK = 500;

    /** The columns of an entry that were made of each slot. */
    private static final Map<Slot, List<String>> COLUMNS = Map.of(
            Slot.ACTOR, List.of("actorRef", "actorNameRef", "clientRef"),
            Slot.TARGET, List.of("targetRef", "targetNameRef"),
            Slot.NET, List.of("ipRef", "requestRef"),
            Slot.CHANGE, List.of());

    /** Of rows with another label, which somebody has made, the key goes that opened them. */
    private static final Set<String> LABELS = PackedSlots.labels();

    private final EntityManager em;
    private final LogEpoch log;

    SlotRows(EntityManager em, LogEpoch log) {
        this.em = em;
        this.log = log;
    }

    /** One row: the slots of an entry that are about the same person. */
    record Row(long index, String label) {
        private static Row of(Object[] columns) {
            return new Row((Long) columns[0], (String) columns[1]);
        }

        Stream<ErasedSlots.Place> places() {
            return PackedSlots.parse(label).slots().stream().map(slot -> new ErasedSlots.Place(index, slot));
        }
    }

    /** The first {@code limit} rows of the entries before {@code end} that belong to one of these references, in order. */
    List<Row> owned(Set<String> references, long end, int limit) {
        return em.createQuery(
                        "select p.logIndex, p.slot from PrivateEntity p where p.logId = :log and p.subjectRef in :refs"
                                + " and p.logIndex < :end and p.slot in :labels order by p.logIndex, p.slot",
                        Object[].class)
                .setParameter("log", log.logId())
                .setParameter("refs", references)
                .setParameter("end", end)
                .setParameter("labels", LABELS)
                .setMaxResults(limit)
                .getResultStream()
                .map(Row::of)
                .toList();
    }

    /** The slots of the entries of these places that are neither pruned nor erased. */
    List<ErasedSlots.Place> kept(List<ErasedSlots.Place> places) {
        List<ErasedSlots.Place> kept = new ArrayList<>();
        Set<Long> indices = places.stream().map(ErasedSlots.Place::index).collect(Collectors.toSet());
        for (List<Long> chunk : chunks(indices)) {
            em.createQuery(
                            "select p.logIndex, p.slot from PrivateEntity p where p.logId = :log"
                                    + " and p.subjectRef <> :erased and p.logIndex in :indices and p.slot in :labels",
                            Object[].class)
                    .setParameter("log", log.logId())
                    .setParameter("erased", PrivateEntity.ERASED)
                    .setParameter("labels", LABELS)
                    .setParameter("indices", chunk)
                    .getResultStream()
                    .flatMap(columns -> Row.of(columns).places())
                    .forEach(kept::add);
        }
        return kept;
    }

    /** Puts the entry's id in the place of what these slots held, and nothing in the place of their references. */
    void mark(Collection<ErasedSlots.Place> places, String entryId, KeyRing keys) {
        PackedRows packed = new PackedRows(em, log.logId(), keys);
        chunks(places.stream().map(ErasedSlots.Place::index).collect(Collectors.toSet()))
                .forEach(packed::unpack);
        Map<Slot, List<Long>> indices = new EnumMap<>(Slot.class);
        places.forEach(place ->
                indices.computeIfAbsent(place.slot(), s -> new ArrayList<>()).add(place.index()));
        indices.forEach((slot, all) -> chunks(all).forEach(chunk -> mark(entryId, slot, chunk)));
    }

    private void mark(String entryId, Slot slot, List<Long> chunk) {
        em.createQuery("update PrivateEntity p set p.subjectRef = :erased, p.data = :entry"
                        + " where p.logId = :log and p.slot = :slot and p.logIndex in :indices")
                .setParameter("erased", PrivateEntity.ERASED)
                .setParameter("entry", entryId)
                .setParameter("log", log.logId())
                .setParameter("slot", slot.label())
                .setParameter("indices", chunk)
                .executeUpdate();
        String nothing = COLUMNS.getOrDefault(slot, List.of()).stream()
                .map(column -> "e." + column + " = null")
                .collect(Collectors.joining(", "));
        if (!nothing.isEmpty()) {
            em.createQuery("update EntryEntity e set " + nothing + " where e.logId = :log and e.logIndex in :indices")
                    .setParameter("log", log.logId())
                    .setParameter("indices", chunk)
                    .executeUpdate();
        }
    }

    /** In order, so that two transactions never wait for each other's rows. */
    private static List<List<Long>> chunks(Collection<Long> indices) {
        List<Long> sorted = indices.stream().sorted().toList();
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += CHUNK) {
            chunks.add(sorted.subList(from, Math.min(sorted.size(), from + CHUNK)));
        }
        return chunks;
    }
}
