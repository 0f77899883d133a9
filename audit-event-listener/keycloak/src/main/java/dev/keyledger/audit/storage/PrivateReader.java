package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateParts;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Decrypts the private parts of sequenced entries. A part that does not open is left out, as one that is gone is. */
public final class PrivateReader implements PrivateParts {
    private static final int PAGE = 500;

    private final String logId;
    private final Transactions transactions;
    private final KeyRing keys;
    private final StoredErasures erasures;

    public PrivateReader(String logId, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.transactions = transactions;
        this.keys = keys;
        this.erasures = new StoredErasures(logId, keys);
    }

    @Override
    public List<PrivateEntry> read(long from, long to) {
        List<PrivateEntry> entries = new ArrayList<>();
        states(range(from, to)).forEach((index, slots) -> entries.add(new PrivateEntry(index, slots)));
        return entries;
    }

    @Override
    public List<PrivateEntry> read(List<Long> indices) {
        List<PrivateEntry> entries = new ArrayList<>();
        states(indices).forEach((index, slots) -> entries.add(new PrivateEntry(index, slots)));
        return entries;
    }

    /** The slots of some entries that open, or of which it is known why they do not, by leaf index. */
    public Map<Long, Map<Slot, PrivateSlot>> states(Collection<Long> indices) {
        return indices.isEmpty()
                ? Map.of()
                : states(em -> rows(em, "p.logIndex in :indices").setParameter("indices", indices));
    }

    /** Those of their slots that were erased, and of which an erasure says so, by leaf index. */
    public Map<Long, Map<Slot, PrivateSlot>> erased(Collection<Long> indices) {
        return indices.isEmpty()
                ? Map.of()
                : states(em -> rows(em, "p.logIndex in :indices and p.subjectRef = :erased")
                        .setParameter("indices", indices)
                        .setParameter("erased", PrivateEntity.ERASED));
    }

    /**
     * A slot, and the reference to the person or thing whose key opens it.
     *
     * @param log whether it belongs to the log itself and not to a person
     */
    public record Owned(long index, String subjectRef, boolean log, Disclosure part) {}

    /** Every slot of a range that opens, in the order of the indices. */
    public List<Owned> owned(long from, long to) {
        return transactions.run(em -> owned(em, range(from, to).apply(em).getResultList()));
    }

    /** Every slot of these entries that opens. */
    List<Owned> ownedAt(Collection<Long> indices) {
        return transactions.run(em -> owned(
                em,
                rows(em, "p.logIndex in :indices")
                        .setParameter("indices", indices)
                        .getResultList()));
    }

    /** Goes through the slots from an index on that belong to one of these subjects and open. */
    public void eachOwnedBy(Collection<String> subjectRefs, long from, Consumer<Owned> each) {
        long next = from;
        for (List<Object[]> page = page(subjectRefs, next); !page.isEmpty(); page = page(subjectRefs, next)) {
            long last = (Long) page.get(page.size() - 1)[0];
            next = page.size() < PAGE ? last + 1 : last;
            long end = next;
            List<Object[]> whole =
                    page.stream().filter(row -> (Long) row[0] < end).toList();
            transactions.run(em -> owned(em, whole)).forEach(each);
        }
    }

    /** What opens of the newest so many rows of these subjects, newest first. */
    public List<Owned> newestOwnedBy(Collection<String> subjectRefs, int rows) {
        return transactions.run(em -> owned(
                em,
                rows(em, "p.subjectRef in :subjects", " desc")
                        .setParameter("subjects", subjectRefs)
                        .setMaxResults(rows)
                        .getResultList()));
    }

    private List<Object[]> page(Collection<String> subjectRefs, long from) {
        return transactions.run(em -> rows(em, "p.subjectRef in :subjects and p.logIndex >= :from")
                .setParameter("subjects", subjectRefs)
                .setParameter("from", from)
                .setMaxResults(PAGE)
                .getResultList());
    }

    private List<Owned> owned(EntityManager em, List<Object[]> rows) {
        Set<String> ofTheLog = Set.copyOf(keys.references(logId, ""));
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        subjects.load(rows.stream().map(row -> (String) row[2]).toList());
        List<Owned> owned = new ArrayList<>();
        for (Object[] row : rows) {
            String subject = (String) row[2];
            open(subjects, row)
                    .forEach(part -> owned.add(new Owned((Long) row[0], subject, ofTheLog.contains(subject), part)));
        }
        return owned;
    }

    private Function<EntityManager, TypedQuery<Object[]>> range(long from, long to) {
        return em -> rows(em, "p.logIndex >= :from and p.logIndex < :to")
                .setParameter("from", from)
                .setParameter("to", to);
    }

    private Map<Long, Map<Slot, PrivateSlot>> states(Function<EntityManager, TypedQuery<Object[]>> query) {
        return transactions.run(em -> {
            List<Object[]> rows = query.apply(em).getResultList();
            Map<Long, Map<Slot, PrivateSlot>> states = new TreeMap<>();
            open(em, rows)
                    .forEach((index, parts) -> parts.forEach((slot, part) ->
                            slots(states, index).put(slot, new PrivateSlot.Open(part.salt(), part.value()))));
            for (Object[] row : rows) {
                if (row[2].equals(PrivateEntity.ERASED)) {
                    erased(em, row)
                            .ifPresent(state -> slots(states, (Long) row[0]).put(Slot.parse((String) row[1]), state));
                }
            }
            return states;
        });
    }

    private static Map<Slot, PrivateSlot> slots(Map<Long, Map<Slot, PrivateSlot>> states, long index) {
        return states.computeIfAbsent(index, i -> new EnumMap<>(Slot.class));
    }

    private Optional<PrivateSlot> erased(EntityManager em, Object[] row) {
        try {
            return erasures.state(em, (String) row[3], (Long) row[0], Slot.parse((String) row[1]));
        } catch (FormatException e) {
            // Somebody has made the label unreadable.
            return Optional.empty();
        }
    }

    /** The parts of a range that open, by leaf index and slot. */
    Map<Long, Map<Slot, Disclosure>> openRange(long from, long to) {
        return transactions.run(em -> open(em, range(from, to).apply(em).getResultList()));
    }

    /** The parts of some entries that open, by leaf index and slot. */
    public Map<Long, Map<Slot, Disclosure>> open(Collection<Long> indices) {
        return indices.isEmpty()
                ? Map.of()
                : transactions.run(em -> open(
                        em,
                        rows(em, "p.logIndex in :indices")
                                .setParameter("indices", indices)
                                .getResultList()));
    }

    private TypedQuery<Object[]> rows(EntityManager em, String where) {
        return rows(em, where, "");
    }

    private TypedQuery<Object[]> rows(EntityManager em, String where, String direction) {
        return em.createQuery(
                        "select p.logIndex, p.slot, p.subjectRef, p.data, e.id from PrivateEntity p, EntryEntity e"
                                + " where p.logId = :log and e.logId = :log and e.logIndex = p.logIndex and " + where
                                + " order by p.logIndex" + direction + ", p.slot",
                        Object[].class)
                .setParameter("log", logId);
    }

    private Map<Long, Map<Slot, Disclosure>> open(EntityManager em, List<Object[]> found) {
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        Map<Long, Map<Slot, Disclosure>> parts = new TreeMap<>();
        subjects.load(found.stream().map(row -> (String) row[2]).toList());
        for (Object[] row : found) {
            open(subjects, row)
                    .forEach(part -> parts.computeIfAbsent((Long) row[0], i -> new EnumMap<>(Slot.class))
                            .put(part.slot(), part));
        }
        return parts;
    }

    private static List<Disclosure> open(SubjectKeys subjects, Object[] row) {
        try {
            PackedSlots slots = PackedSlots.parse((String) row[1]);
            return subjects.loaded((String) row[2])
                    .map(key -> slots.open(key, (String) row[4], (String) row[3]))
                    .orElse(List.of());
        } catch (FormatException e) {
            // Somebody has made the label unreadable.
            return List.of();
        }
    }
}
