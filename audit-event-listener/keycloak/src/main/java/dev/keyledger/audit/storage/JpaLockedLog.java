package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.sequence.LogStorage;
import dev.keyledger.log.sequence.SequencedBatch;
import dev.keyledger.log.sequence.SequencedEntry;
import dev.keyledger.log.sequence.StagedEntry;
import dev.keyledger.log.sequence.TreeNode;
import dev.keyledger.log.tile.TileSource;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** One log, its head row locked by the running transaction. */
final class JpaLockedLog implements LogStorage.LockedLog<StagedParts> {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int CHUNK = 512;
    private static final int MAX_REASON = 1_000;
    private static final KeyedRows STAGED = new KeyedRows("AUDIT_STAGE", "ID", "LOG_ID");
    private static final RowInserts<EntryEntity> ENTRIES = RowInserts.ofEntries();
    private static final RowInserts<PrivateEntity> PRIVATES = RowInserts.ofPrivateParts();

    private final EntityManager em;
    private final HeadEntity head;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SubjectKeys subjects;
    private final FacetCounts counts;
    private final KnownNames names;
    private final References references;
    private final Ahead ahead;

    /** @param executor does what needs no database while the database works */
    JpaLockedLog(EntityManager em, HeadEntity head, KeyRing keys, InstantSource clock, Executor executor) {
        this.em = em;
        this.head = head;
        this.keys = keys;
        this.clock = clock;
        this.subjects = new SubjectKeys(em, head.logId, keys);
        em.unwrap(Session.class).setJdbcBatchSize(CHUNK);
        this.counts = new FacetCounts(em, head.logId);
        this.names = new KnownNames(em, head.logId);
        this.references = new References(keys, head.logId);
        this.ahead = new Ahead(executor);
    }

    @Override
    public LogHead head() {
        return LogHeads.head(head);
    }

    @Override
    public List<StagedEntry<StagedParts>> staged(int limit) {
        removeOrphans();
        return new StageReader(em, head, keys, ahead).read(limit);
    }

    /**
     * Private parts behind the end that belong to no entry. An embedded H2 that was killed may come back with some rows
     * of a transaction that it rolled back; these would keep every later batch from being stored. Entries behind the end
     * are never removed: they may be the log's own, and the head the one that was changed.
     */
    private void removeOrphans() {
        int removed = em.createQuery("delete from PrivateEntity p where p.logId = :log and p.logIndex >= :end"
                        + " and not exists (select e.id from EntryEntity e"
                        + " where e.logId = p.logId and e.logIndex = p.logIndex)")
                .setParameter("log", head.logId)
                .setParameter("end", head.treeSize)
                .executeUpdate();
        if (removed > 0) {
            LOG.errorf(
                    "AUDIT ALARM: log %s: %d private parts of no entry were removed from behind its end, %d. A crash of"
                            + " the database left them, or somebody wrote to AUDIT_PRIVATE.",
                    head.logId, removed, head.treeSize);
        }
    }

    /** What can be computed of a chunk is, while the database stores the chunk before it. */
    @Override
    public void append(SequencedBatch<StagedParts> batch) {
        List<List<SequencedEntry<StagedParts>>> chunks = chunks(batch.entries());
        Queue<Encrypting> encrypting = new ArrayDeque<>();
        Supplier<SequencedRows> next = rows(chunks, 0);
        for (int chunk = 1; chunk <= chunks.size(); chunk++) {
            SequencedRows rows = next.get();
            subjects.loadOrCreate(rows.subjects(), clock.millis());
            names.add(rows.names());
            encrypting.add(new Encrypting(rows, ahead.start(() -> rows.encrypt(subjects::required))));
            next = rows(chunks, chunk);
            if (encrypting.size() > 1) {
                store(encrypting.remove());
            }
        }
        encrypting.forEach(this::store);
        for (TreeNode node : batch.nodes()) {
            NodeEntity row = new NodeEntity();
            row.logId = head.logId;
            row.tileLevel = node.level();
            row.nodeIndex = node.index();
            row.hash = node.hash().toBase64();
            em.persist(row);
        }
        head.treeSize = batch.head().size();
        head.compactRange = batch.head().range().encode();
    }

    /** A chunk whose private parts are being encrypted. */
    private record Encrypting(SequencedRows rows, Supplier<List<PrivateEntity>> privates) {}

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }

    private Supplier<SequencedRows> rows(List<List<SequencedEntry<StagedParts>>> chunks, int chunk) {
        List<SequencedEntry<StagedParts>> entries = chunk < chunks.size() ? chunks.get(chunk) : List.of();
        return ahead.start(() -> SequencedRows.of(head.logId, entries, references));
    }

    private void store(Encrypting chunk) {
        List<EntryEntity> entries = chunk.rows.entries();
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).facet = counts.count(chunk.rows.indices().get(i));
        }
        ENTRIES.insert(em, entries);
        PRIVATES.insert(em, chunk.privates.get());
        int deleted = STAGED.delete(em, entries.stream().map(entry -> entry.id).toList());
        if (deleted != entries.size()) {
            throw new IllegalStateException("deleted " + deleted + " staged rows of log " + head.logId + ", want "
                    + entries.size() + "; somebody else takes rows off the stage");
        }
    }

    @Override
    public void store(SignedCheckpoint checkpoint, long time) {
        CheckpointEntity row = new CheckpointEntity();
        row.logId = head.logId;
        row.treeSize = checkpoint.checkpoint().head().size();
        row.signedTime = time;
        row.note = checkpoint.format();
        em.persist(row);
        head.signedSize = row.treeSize;
    }

    @Override
    public Optional<SignedCheckpoint> checkpoint() {
        return Optional.ofNullable(
                        em.find(CheckpointEntity.class, new CheckpointEntity.Key(head.logId, head.signedSize)))
                .flatMap(CheckpointEntity::readable);
    }

    @Override
    public TileSource tiles() {
        return new JpaTileSource(head.logId, Transactions.within(em));
    }

    @Override
    public void halt(String reason) {
        head.state = LogHead.State.HALTED.name();
        head.haltReason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
        LOG.errorf(
                "AUDIT ALARM: log %s is HALTED, nothing is signed until a person has looked: %s", head.logId, reason);
    }
}
