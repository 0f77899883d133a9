package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.ErasedSlots;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says of slots of one log that are marked as erased whether the entry that the mark names accounts for them. A mark
 * alone is worth nothing: whoever can write the tables can set it. Thread-safe.
 */
final class StoredErasures {
    private static final Known NOTHING = new Known(new ErasedSlots(), null);

    private final String logId;
    private final KeyRing keys;
    private final Map<String, Known> sealed = new ConcurrentHashMap<>();

    StoredErasures(String logId, KeyRing keys) {
        this.logId = logId;
        this.keys = keys;
    }

    /** What an entry accounts for; {@code index} is null while it is in no tree, or in that of a later epoch. */
    private record Known(ErasedSlots slots, @Nullable Long index) {}

    /**
     * The state of a slot that is marked; empty when the entry does not account for it. {@link PrivateSlot.Sealed} while
     * the entry waits for its index, and where it is in a later epoch, to which this log's bundles cannot point.
     */
    Optional<PrivateSlot> state(EntityManager em, String entryId, long index, Slot slot) {
        Known known = known(em, entryId);
        if (!known.slots().covers(index, slot)) {
            return Optional.empty();
        }
        Long at = known.index();
        return Optional.of(at == null ? new PrivateSlot.Sealed() : new PrivateSlot.Erased(at));
    }

    private Known known(EntityManager em, String entryId) {
        Known before = sealed.get(entryId);
        if (before != null) {
            return before;
        }
        EntryEntity row = em.createQuery("select e from EntryEntity e where e.id = :id", EntryEntity.class)
                .setParameter("id", entryId)
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (row == null) {
            return staged(em, entryId);
        }
        Disclosure change = new PrivateReader(row.logId, Transactions.within(em), keys)
                .openRange(row.logIndex, row.logIndex + 1)
                .getOrDefault(row.logIndex, Map.of())
                .get(Slot.CHANGE);
        Known found = known(em, row.leaf, change, row.logId.equals(logId) ? row.logIndex : null);
        sealed.put(entryId, found);
        return found;
    }

    private Known staged(EntityManager em, String entryId) {
        StageEntity row = em.find(StageEntity.class, entryId);
        if (row == null) {
            return NOTHING;
        }
        try {
            return known(em, row.leaf, StagedParts.of(row, keys).slots().get(Slot.CHANGE), null);
        } catch (KeyException e) {
            return NOTHING;
        }
    }

    private Known known(EntityManager em, String leaf, @Nullable Disclosure change, @Nullable Long index) {
        HeadEntity head = em.find(HeadEntity.class, logId);
        try {
            Entry entry = Entry.parse(leaf.getBytes(StandardCharsets.UTF_8));
            Commitment commitment = entry.commitments().get(Slot.CHANGE);
            if (head == null || change == null || commitment == null || !Erasure.isErasure(entry)) {
                return NOTHING;
            }
            commitment.verify(entry.origin(), entry.id(), change);
            return new Known(Erasure.parse(change.value()).slotsOf(head.origin), index);
        } catch (FormatException | VerificationException e) {
            return NOTHING;
        }
    }
}
