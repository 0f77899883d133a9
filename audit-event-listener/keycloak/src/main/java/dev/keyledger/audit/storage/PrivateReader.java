package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateParts;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decrypts the private parts of sequenced entries. A part that does not open is left out, as one that is gone is. */
public final class PrivateReader implements PrivateParts {
    private static final int MAX_BYTES = 16 << 20;

    private final String logId;
    private final Transactions transactions;
    private final KeyRing keys;

    public PrivateReader(String logId, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** What a private row is bound to. */
    static String context(String entryId, Slot slot) {
        return entryId + '\0' + slot.label();
    }

    @Override
    public List<PrivateEntry> read(long from, long to) {
        List<PrivateEntry> entries = new ArrayList<>();
        openRange(from, to).forEach((index, parts) -> {
            Map<Slot, PrivateSlot> slots = new EnumMap<>(Slot.class);
            parts.forEach((slot, part) -> slots.put(slot, new PrivateSlot.Open(part.salt(), part.value())));
            entries.add(new PrivateEntry(index, slots));
        });
        return entries;
    }

    /** The parts of a range that open, by leaf index and slot. */
    Map<Long, Map<Slot, Disclosure>> openRange(long from, long to) {
        return transactions.run(em -> open(
                em,
                rows(em, "p.logIndex >= :from and p.logIndex < :to")
                        .setParameter("from", from)
                        .setParameter("to", to)));
    }

    /** The parts of some entries that open, by leaf index and slot. */
    public Map<Long, Map<Slot, Disclosure>> open(Collection<Long> indices) {
        return indices.isEmpty()
                ? Map.of()
                : transactions.run(
                        em -> open(em, rows(em, "p.logIndex in :indices").setParameter("indices", indices)));
    }

    private TypedQuery<Object[]> rows(EntityManager em, String where) {
        return em.createQuery(
                        "select p.logIndex, p.slot, p.subjectRef, p.data, e.id from PrivateEntity p, EntryEntity e"
                                + " where p.logId = :log and e.logId = :log and e.logIndex = p.logIndex and " + where
                                + " order by p.logIndex",
                        Object[].class)
                .setParameter("log", logId);
    }

    private Map<Long, Map<Slot, Disclosure>> open(EntityManager em, TypedQuery<Object[]> rows) {
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        Map<Long, Map<Slot, Disclosure>> parts = new TreeMap<>();
        List<Object[]> found = rows.getResultList();
        subjects.load(found.stream().map(row -> (String) row[2]).toList());
        for (Object[] row : found) {
            subjects.find((String) row[2])
                    .flatMap(key -> open(key, (String) row[1], (String) row[3], (String) row[4]))
                    .ifPresent(part -> parts.computeIfAbsent((Long) row[0], i -> new EnumMap<>(Slot.class))
                            .put(part.slot(), part));
        }
        return parts;
    }

    private static Optional<Disclosure> open(Aead key, String label, String data, String entryId) {
        try {
            Slot slot = Slot.parse(label);
            JsonObject json = JsonReader.parseObject(key.open(data, context(entryId, slot)), MAX_BYTES);
            return Optional.of(new Disclosure(slot, Salt.parse(json.string("salt")), json.object("value")));
        } catch (KeyException | FormatException e) {
            return Optional.empty();
        }
    }
}
