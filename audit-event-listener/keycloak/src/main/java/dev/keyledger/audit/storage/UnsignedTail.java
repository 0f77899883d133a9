package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileId;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The entries of a log that is about to be frozen that are in its tree and under no signature. They go back to the
 * stage, from where the next epoch takes them: in the frozen log nobody could ever prove them. All of them or none: when
 * one is not as it was written, or the newest checkpoint is not the root of what is stored, everything stays in its
 * place, for the first entry of the next epoch names the size and root that they stand under.
 */
final class UnsignedTail {
    private final EntityManager em;
    private final HeadEntity head;
    private final KeyRing keys;
    private final Transactions here;

    UnsignedTail(EntityManager em, HeadEntity head, KeyRing keys) {
        this.em = em;
        this.head = head;
        this.keys = keys;
        this.here = Transactions.within(em);
    }

    /** Moves them, and cuts the head's tree to what is signed; false when everything stays. */
    boolean restage() throws IOException {
        CompactRange signed = new ProofBuilder(new JpaTileSource(head.logId, here), head.signedSize).range();
        if (!isSigned(signed)) {
            return false;
        }
        boolean whole = true;
        for (long from = head.signedSize; from < head.treeSize && whole; from += TileId.FULL) {
            whole = each(from, false);
        }
        for (long from = head.signedSize; from < head.treeSize && whole; from += TileId.FULL) {
            each(from, true);
        }
        if (whole) {
            cut(signed);
        }
        return whole;
    }

    private boolean isSigned(CompactRange range) {
        if (range.size() == 0) {
            return true;
        }
        CheckpointEntity row = em.find(CheckpointEntity.class, new CheckpointEntity.Key(head.logId, range.size()));
        return row != null
                && row.readable()
                        .map(SignedCheckpoint::checkpoint)
                        .filter(checkpoint -> checkpoint.head().equals(range.head()))
                        .isPresent();
    }

    /** Looks at up to 256 entries, and stages them if told to; false when one is not as it was written. */
    private boolean each(long from, boolean stage) {
        long to = Math.min(head.treeSize, from + TileId.FULL);
        Map<Long, Map<Slot, Disclosure>> parts = new PrivateReader(head.logId, here, keys).openRange(from, to);
        List<Object[]> rows = em.createQuery(
                        "select e.logIndex, e.leaf, e.leafHash from EntryEntity e where e.logId = :log"
                                + " and e.logIndex >= :from and e.logIndex < :to",
                        Object[].class)
                .setParameter("log", head.logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList();
        boolean whole = rows.size() == to - from;
        for (Object[] row : rows) {
            Map<Slot, Disclosure> slots = parts.getOrDefault((Long) row[0], Map.of());
            byte[] leaf = ((String) row[1]).getBytes(StandardCharsets.UTF_8);
            whole = whole && LogHasher.leaf(leaf).toBase64().equals(row[2]) && isWhole(leaf, slots);
            if (stage) {
                em.persist(new StagedParts(slots).toRow(head.logId, Entry.parse(leaf), keys));
            }
        }
        return whole;
    }

    private static boolean isWhole(byte[] leaf, Map<Slot, Disclosure> slots) {
        try {
            Entry entry = Entry.parse(leaf);
            for (Map.Entry<Slot, Commitment> committed : entry.commitments().entrySet()) {
                Disclosure part = slots.get(committed.getKey());
                if (part == null) {
                    return false;
                }
                committed.getValue().verify(entry.origin(), entry.id(), part);
            }
            return true;
        } catch (FormatException | VerificationException e) {
            return false;
        }
    }

    private void cut(CompactRange signed) {
        new FacetCounts(em, head.logId).uncount(signed.size());
        em.flush();
        delete("delete from PrivateEntity p where p.logId = :log and p.logIndex >= :from", signed.size());
        delete("delete from EntryEntity e where e.logId = :log and e.logIndex >= :from", signed.size());
        for (int level = 1; level < 8; level++) {
            delete(
                    "delete from NodeEntity n where n.logId = :log and n.tileLevel = " + level
                            + " and n.nodeIndex >= :from",
                    TileId.hashes(signed.size(), level));
        }
        head.treeSize = signed.size();
        head.compactRange = signed.encode();
    }

    private void delete(String statement, long from) {
        em.createQuery(statement)
                .setParameter("log", head.logId)
                .setParameter("from", from)
                .executeUpdate();
    }
}
