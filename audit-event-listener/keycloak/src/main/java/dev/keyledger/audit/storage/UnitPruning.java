package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prunes one unit of a log, whose rows go and whose leaf hashes stay. In this order:
 *
 * <ol>
 *   <li>{@link #keepHashes}, a transaction for each 256 entries: their hashes are proved against the signed root and stored
 *       as nodes of level 0. A crash leaves nodes beside the rows that they are of, which nobody reads.
 *   <li>{@link #commit}, one transaction that holds the lock of the head, as one that sets a hold does: what stays is decided,
 *       and the row of {@code AUDIT_PRUNED} and the staged entry {@code PRUNE} are written. <b>Commit point.</b> Before it
 *       nothing is pruned. After it the rows that are not listed may be gone, and every reader takes them for gone.
 *   <li>{@link #delete}, a transaction for each 500 rows. After a crash the next call deletes the rest.
 * </ol>
 */
public final class UnitPruning {
    private static final int CHUNK = 500;

    private final String logId;
    private final long from;
    private final long to;
    private final Transactions transactions;
    private final KeyRing keys;

    /** @param to exclusive, as {@code from} where a tile begins */
    public UnitPruning(String logId, long from, long to, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.from = from;
        this.to = to;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** Of each class of entries whose rows are there, when the newest was captured, in epoch milliseconds. */
    public Map<String, Long> newest() {
        return transactions.run(em -> {
            Map<String, Long> newest = new HashMap<>();
            em.createQuery(
                            "select e.kind, max(e.eventTime) from EntryEntity e where e.logId = :log"
                                    + " and e.logIndex >= :from and e.logIndex < :to group by e.kind",
                            Object[].class)
                    .setParameter("log", logId)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .getResultList()
                    .forEach(row -> newest.put((String) row[0], (Long) row[1]));
            return newest;
        });
    }

    /**
     * Stores the unit's leaf hashes as nodes; answers the root of a tree of these leaves alone.
     *
     * @throws VerificationException when an entry is missing, or the hashes do not lead to the root that is signed; of a
     *     unit that is damaged nothing is pruned
     */
    public Hash keepHashes(SignedCheckpoint signed) throws IOException, VerificationException {
        JpaTileSource tiles = new JpaTileSource(logId, transactions);
        long size = signed.checkpoint().head().size();
        ProofBuilder proofs = new ProofBuilder(tiles, size);
        CompactRange.Appender range = CompactRange.empty().appender();
        for (long start = from; start < to; start += TileId.FULL) {
            Tile tile = tiles.tile(TileId.in(size, 0, start / TileId.FULL));
            proofs.inclusion(start)
                    .verify(tile.hashes().get(0), signed.checkpoint().head().root());
            store(tile);
            tile.hashes().forEach(range::append);
        }
        return range.toRange().root();
    }

    private void store(Tile tile) {
        long start = tile.id().start();
        transactions.run(em -> {
            em.createQuery("delete from NodeEntity n where n.logId = :log and n.tileLevel = 0"
                            + " and n.nodeIndex >= :from and n.nodeIndex < :to")
                    .setParameter("log", logId)
                    .setParameter("from", start)
                    .setParameter("to", start + TileId.FULL)
                    .executeUpdate();
            for (int i = 0; i < TileId.FULL; i++) {
                NodeEntity row = new NodeEntity();
                row.logId = logId;
                row.tileLevel = 0;
                row.nodeIndex = start + i;
                row.hash = tile.hashes().get(i).toBase64();
                em.persist(row);
            }
            return tile;
        });
    }

    /** Makes the entry that tells of what stays; called within the transaction, and stored in it. */
    @FunctionalInterface
    public interface Entry {
        StageEntity of(BitSet kept, long time);
    }

    /**
     * Decides what stays, and writes it down; empty when no row would go, and the unit has been pruned before.
     *
     * @param classes of the entries that may go
     * @param held the references of the people whose entries must stay
     */
    public Optional<PrunedUnit> commit(
            Set<String> classes, Function<EntityManager, Set<String>> held, Entry entry, long now) {
        return transactions.run(em -> {
            lock(em);
            PrunedEntity before = em.find(PrunedEntity.class, new PrunedEntity.Key(logId, from));
            BitSet present = new BitSet();
            BitSet kept = kept(em, classes, held.apply(em), present);
            if (before == null) {
                requireWhole(em, present);
            } else {
                present.and(KeptRows.parse(before.kept));
                kept.and(present);
                if (kept.equals(present)) {
                    return Optional.empty();
                }
            }
            StageEntity told = entry.of(kept, now);
            em.persist(told);
            PrunedEntity row = before == null ? new PrunedEntity() : before;
            row.logId = logId;
            row.from = from;
            row.to = to;
            row.kept = KeptRows.format(kept);
            row.prunedTime = now;
            row.entryId = told.id;
            if (before == null) {
                em.persist(row);
            }
            return Optional.of(new PrunedUnit(from, to, kept, now, told.id, null));
        });
    }

    /** The entries that must stay, as offsets; fills in those that are there. */
    private BitSet kept(EntityManager em, Set<String> classes, Set<String> held, BitSet present) {
        BitSet kept = new BitSet();
        for (Object[] row : range(
                em,
                "select e.logIndex, e.kind, e.actorRef, e.targetRef from EntryEntity e where e.logId = :log"
                        + " and e.logIndex >= :from and e.logIndex < :to")) {
            int offset = (int) ((Long) row[0] - from);
            present.set(offset);
            kept.set(offset, !classes.contains((String) row[1]) || held.contains(row[2]) || held.contains(row[3]));
        }
        if (!held.isEmpty()) {
            em.createQuery(
                            "select distinct p.logIndex from PrivateEntity p where p.logId = :log"
                                    + " and p.logIndex >= :from and p.logIndex < :to and p.subjectRef in :held",
                            Long.class)
                    .setParameter("log", logId)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("held", held)
                    .getResultList()
                    .forEach(index -> kept.set((int) (index - from)));
        }
        return kept;
    }

    private void requireWhole(EntityManager em, BitSet present) {
        long nodes = em.createQuery(
                        "select count(n.nodeIndex) from NodeEntity n where n.logId = :log and n.tileLevel = 0"
                                + " and n.nodeIndex >= :from and n.nodeIndex < :to",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getSingleResult();
        if (present.cardinality() != to - from || nodes != to - from) {
            throw new IllegalStateException("unit " + from + " to " + to + " of log " + logId + " has "
                    + present.cardinality() + " rows and " + nodes + " hashes, want " + (to - from) + " of each");
        }
    }

    /**
     * Deletes what a committed pruning has left out; answers how many entries those were. Who their people are stays: keys,
     * names, and {@link PrunedPeople}, until somebody is erased.
     */
    public long delete(PrunedUnit unit) {
        List<Long> gone = transactions.run(em -> em.createQuery(
                        "select e.logIndex from EntryEntity e where e.logId = :log and e.logIndex >= :from"
                                + " and e.logIndex < :to order by e.logIndex",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultStream()
                .filter(unit::lacks)
                .toList());
        for (int first = 0; first < gone.size(); first += CHUNK) {
            List<Long> chunk = gone.subList(first, Math.min(gone.size(), first + CHUNK));
            transactions.run(em -> {
                lock(em);
                new FacetCounts(em, logId).uncount(chunk);
                new PrunedPeople(em, logId, keys).keep(chunk);
                for (String table : List.of("PrivateEntity", "EntryEntity")) {
                    em.createQuery("delete from " + table + " x where x.logId = :log and x.logIndex in :chunk")
                            .setParameter("log", logId)
                            .setParameter("chunk", chunk)
                            .executeUpdate();
                }
                return chunk;
            });
        }
        return gone.size();
    }

    private List<Object[]> range(EntityManager em, String query) {
        return em.createQuery(query, Object[].class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList();
    }

    private void lock(EntityManager em) {
        @Nullable HeadEntity head = em.find(HeadEntity.class, logId);
        em.refresh(head, LockModeType.PESSIMISTIC_WRITE);
    }
}
