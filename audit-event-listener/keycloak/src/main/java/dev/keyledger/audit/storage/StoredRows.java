package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.sequence.HeadCheck;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.verify.Finding;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks of one log, and says in words that stay the same while the log grows, what its tree does not vouch for: the columns that searches use, that there are no rows but those
 * that the head counts, and the stored checkpoints. Reads in pieces, whatever the log's size.
 */
public final class StoredRows {
    private static final long SEGMENT = 65_536;
    private static final int PAGE = 500;

    private final String logId;
    private final Transactions transactions;
    private final KeyRing keys;
    private final List<KeyRing> rings;
    private final StoredFacets facets;

    public StoredRows(String logId, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.transactions = transactions;
        this.keys = keys;
        this.rings = keys.each();
        this.facets = new StoredFacets(logId);
    }

    /** The entries {@code [from, to)} whose search columns are not what their leaf and private part say. */
    public List<Finding> columns(long from, long to) {
        Map<Long, Map<Slot, Disclosure>> parts = new PrivateReader(logId, transactions, keys).openRange(from, to);
        return transactions.run(em -> em.createQuery(
                        "select e from EntryEntity e where e.logId = :log and e.logIndex >= :from and e.logIndex < :to",
                        EntryEntity.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultStream()
                .filter(row -> !areTrue(row, parts.getOrDefault(row.logIndex, Map.of())) || !facets.isOf(em, row))
                .map(row -> fail(
                        "columns",
                        row.logIndex,
                        row.logIndex + 1,
                        "the columns that searches use are not what the entry says"))
                .toList());
    }

    /** An entry's columns were made under the master key that was the newest when it was sealed. */
    private boolean areTrue(EntryEntity row, Map<Slot, Disclosure> parts) {
        return rings.stream().anyMatch(ring -> areTrue(row, parts, ring));
    }

    private boolean areTrue(EntryEntity row, Map<Slot, Disclosure> parts, KeyRing ring) {
        try {
            EntryEntity want = new EntryEntity();
            SearchIndex.of(
                            row.leaf.getBytes(StandardCharsets.UTF_8),
                            new StagedParts(parts),
                            new References(ring, logId))
                    .copyTo(want);
            return row.leaf.contains("\"id\":\"" + row.id + "\"")
                    && want.searchColumns().equals(row.searchColumns());
        } catch (FormatException e) {
            // No entry at all, which the check of the tree says.
            return true;
        }
    }

    /** Gaps, rows behind the end, and a head that is not the root of what is stored. */
    public List<Finding> counts() {
        List<Finding> found = new ArrayList<>();
        // The last row before the head: what is committed between the two is in the head.
        long last = transactions.run(em -> max(em, "select max(e.logIndex) from EntryEntity e where e.logId = :log"));
        long part = transactions.run(em -> max(em, "select max(p.logIndex) from PrivateEntity p where p.logId = :log"));
        if (!transactions.run(facets::areCounted)) {
            found.add(whole("facets", "what searches and statistics count by is not what is stored"));
        }
        HeadEntity head = transactions.run(em -> em.find(HeadEntity.class, logId));
        if (Math.max(last, part) >= head.treeSize) {
            found.add(fail(
                    "rows", Math.max(last, part), Math.max(last, part) + 1, "rows stand behind the end of the log"));
        }
        long min = new PrunedUnits(logId, transactions).minIndex();
        for (long from = min / SEGMENT * SEGMENT; from < head.treeSize; from += SEGMENT) {
            count(Math.max(min, from), Math.min(head.treeSize, from + SEGMENT), found);
        }
        for (int level = 1; level <= 8; level++) {
            nodes(level, TileId.hashes(head.treeSize, level), found);
        }
        String range = head.compactRange;
        CompactRange compact = CompactRange.parse(head.treeSize, range == null ? "" : range);
        HeadCheck.root(head.treeSize, new JpaTileSource(logId, transactions))
                .filter(root -> !root.equals(compact.root()))
                .ifPresent(root -> found.add(whole("head", "the head is not the root of the stored entries")));
        return found;
    }

    private void count(long from, long to, List<Finding> found) {
        long count = transactions.run(em -> em.createQuery(
                        "select count(e.logIndex) from EntryEntity e where e.logId = :log"
                                + " and e.logIndex >= :from and e.logIndex < :to",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getSingleResult());
        if (count != to - from) {
            found.add(fail("rows", from, (from / SEGMENT + 1) * SEGMENT, (to - from - count) + " rows are missing"));
        }
    }

    private void nodes(int level, long want, List<Finding> found) {
        long count = transactions.run(em -> em.createQuery(
                        "select count(n.nodeIndex) from NodeEntity n where n.logId = :log and n.tileLevel = :level",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("level", level)
                .getSingleResult());
        // A log that grows meanwhile has more.
        if (count < want) {
            found.add(whole("nodes", (want - count) + " nodes of level " + level + " are missing"));
        }
    }

    /**
     * The first of the stored checkpoints that this log, as it is stored, cannot have signed: where entries were edited,
     * all later ones disagree too.
     */
    public List<Finding> checkpoints(String origin, long size) {
        List<Finding> found = new ArrayList<>();
        RunningRoot root = new RunningRoot(new JpaTileSource(logId, transactions), size);
        long after = 0;
        for (List<CheckpointEntity> page = page(after); !page.isEmpty(); page = page(after)) {
            for (CheckpointEntity row : page) {
                after = row.treeSize;
                if (row.treeSize > size) {
                    return found;
                }
                String told = told(row, origin, root.at(row.treeSize));
                if (!told.isEmpty()) {
                    found.add(whole("checkpoints", "the stored checkpoint of size " + row.treeSize + " " + told));
                    return found;
                }
            }
        }
        return found;
    }

    private static String told(CheckpointEntity row, String origin, Hash root) {
        try {
            SignedCheckpoint stored = SignedCheckpoint.parse(row.note);
            if (!stored.checkpoint().origin().equals(origin)
                    || stored.checkpoint().head().size() != row.treeSize) {
                return "is of another log or size";
            }
            Hash got = stored.checkpoint().head().root();
            return got.equals(root) ? "" : "signs the root " + got + ", the entries give " + root;
        } catch (FormatException e) {
            return "is none: " + e.getMessage();
        }
    }

    private List<CheckpointEntity> page(long after) {
        return transactions.run(em -> em.createQuery(
                        "select c from CheckpointEntity c where c.logId = :log and c.treeSize > :after"
                                + " order by c.treeSize",
                        CheckpointEntity.class)
                .setParameter("log", logId)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList());
    }

    private long max(EntityManager em, String query) {
        Long max = em.createQuery(query, Long.class).setParameter("log", logId).getSingleResult();
        return max == null ? -1 : max;
    }

    private static Finding fail(String check, long from, long to, String message) {
        Finding.Span span = new Finding.Span(from, to);
        return new Finding(Finding.Status.FAIL, check, span + ": " + message, span);
    }

    private static Finding whole(String check, String message) {
        return new Finding(Finding.Status.FAIL, check, message, null);
    }
}
