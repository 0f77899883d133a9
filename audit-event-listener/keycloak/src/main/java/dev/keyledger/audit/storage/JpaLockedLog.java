package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.sequence.LogStorage;
import dev.keyledger.log.sequence.SequencedBatch;
import dev.keyledger.log.sequence.SequencedEntry;
import dev.keyledger.log.sequence.StagedEntry;
import dev.keyledger.log.sequence.TreeNode;
import dev.keyledger.log.tile.TileSource;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** One log, its head row locked by the running transaction. */
final class JpaLockedLog implements LogStorage.LockedLog<StagedParts> {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int CHUNK = 500;
    private static final int MAX_REASON = 1_000;
    private static final RowInserts<EntryEntity> ENTRIES = RowInserts.ofEntries();
    private static final RowInserts<PrivateEntity> PRIVATES = RowInserts.ofPrivateParts();

    private final EntityManager em;
    private final HeadEntity head;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SubjectKeys subjects;
    private final FacetCounts counts;
    private final KnownNames names;

    JpaLockedLog(EntityManager em, HeadEntity head, KeyRing keys, InstantSource clock) {
        this.em = em;
        this.head = head;
        this.keys = keys;
        this.clock = clock;
        this.subjects = new SubjectKeys(em, head.logId, keys);
        em.unwrap(Session.class).setJdbcBatchSize(CHUNK);
        this.counts = new FacetCounts(em, head.logId);
        this.names = new KnownNames(em, head.logId, keys);
    }

    @Override
    public LogHead head() {
        return LogHeads.head(head);
    }

    @Override
    public List<StagedEntry<StagedParts>> staged(int limit) {
        removeOrphans();
        List<StageEntity> rows = StagedRows.oldestFirst(em, stagedFor(), limit);
        Set<String> sequenced = sequenced(rows);
        List<StagedEntry<StagedParts>> staged = new ArrayList<>();
        for (StageEntity row : rows) {
            try {
                if (sequenced.contains(row.id)) {
                    throw new KeyException("staged row " + row.id + " is a copy of an entry that has its index");
                }
                StagedParts parts = StagedParts.of(row, keys);
                byte[] leaf = row.leaf.getBytes(StandardCharsets.US_ASCII);
                boolean own = row.logId.equals(head.logId);
                staged.add(new StagedEntry<>(row.id, own ? leaf : parts.leafFor(head.origin, leaf), parts));
            } catch (KeyException e) {
                KeyStorage.requireNewest(em, keys.masters());
                em.find(StageEntity.class, row.id).state = StageEntity.QUARANTINED;
                LOG.errorf(
                        "AUDIT ALARM: log %s: %s. Somebody wrote to AUDIT_STAGE; the row is set aside.",
                        head.logId, e.getMessage());
            }
        }
        return staged;
    }

    /** This log, and the epochs before it, whose entries it takes over. */
    private List<String> stagedFor() {
        return head.epoch == 1
                ? List.of(head.logId)
                : LogEpoch.heads(em, head.realm()).stream()
                        .map(row -> row.logId)
                        .toList();
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

    /**
     * The rows that somebody has put back on the stage. They bear this server's code, and as their id is taken they
     * would keep every later batch from being stored.
     */
    private Set<String> sequenced(List<StageEntity> rows) {
        Set<String> sequenced = new HashSet<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            List<StageEntity> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            sequenced.addAll(em.createQuery("select e.id from EntryEntity e where e.id in :ids", String.class)
                    .setParameter("ids", chunk.stream().map(row -> row.id).toList())
                    .getResultList());
        }
        return sequenced;
    }

    @Override
    public void append(SequencedBatch<StagedParts> batch) {
        List<SequencedEntry<StagedParts>> entries = batch.entries();
        for (int from = 0; from < entries.size(); from += CHUNK) {
            appendChunk(entries.subList(from, Math.min(entries.size(), from + CHUNK)));
        }
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

    private void appendChunk(List<SequencedEntry<StagedParts>> chunk) {
        List<PrivateEntity> privates = privateRows(chunk);
        names.add(chunk.stream().map(entry -> entry.staged().payload().slots()).toList());
        // New subjects' keys come before what is encrypted with them.
        em.flush();
        ENTRIES.insert(em, chunk.stream().map(this::entryRow).toList());
        PRIVATES.insert(em, privates);
        int deleted = em.createQuery("delete from StageEntity s where s.id in :ids")
                .setParameter("ids", chunk.stream().map(e -> e.staged().id()).toList())
                .executeUpdate();
        if (deleted != chunk.size()) {
            throw new IllegalStateException("deleted " + deleted + " staged rows of log " + head.logId + ", want "
                    + chunk.size() + "; somebody else takes rows off the stage");
        }
    }

    private EntryEntity entryRow(SequencedEntry<StagedParts> entry) {
        byte[] leaf = entry.staged().leaf();
        EntryEntity row = new EntryEntity();
        row.logId = head.logId;
        row.logIndex = entry.index();
        row.id = entry.staged().id();
        row.leaf = new String(leaf, StandardCharsets.US_ASCII);
        row.leafHash = entry.leafHash().toBase64();
        SearchIndex index = SearchIndex.of(head.logId, leaf, entry.staged().payload(), keys);
        index.copyTo(row);
        row.facet = counts.count(index);
        return row;
    }

    private List<PrivateEntity> privateRows(List<SequencedEntry<StagedParts>> chunk) {
        List<Part> parts = chunk.stream().flatMap(this::parts).toList();
        subjects.load(parts.stream().map(part -> part.row.subjectRef).toList());
        for (Part part : parts) {
            part.row.data = subjects.findOrCreate(part.row.subjectRef, clock.millis())
                    .seal(
                            CanonicalJson.encode(StagedParts.toJson(part.disclosure)),
                            PrivateReader.context(part.entryId, part.disclosure.slot()));
        }
        return parts.stream().map(Part::row).toList();
    }

    private Stream<Part> parts(SequencedEntry<StagedParts> entry) {
        Map<Slot, Disclosure> slots = entry.staged().payload().slots();
        return slots.values().stream().map(disclosure -> {
            PrivateEntity row = new PrivateEntity();
            row.logId = head.logId;
            row.logIndex = entry.index();
            row.slot = disclosure.slot().label();
            row.subjectRef = SearchIndex.subject(head.logId, disclosure.slot(), slots, keys);
            return new Part(row, disclosure, entry.staged().id());
        });
    }

    /** A private row, and what is to be encrypted into it. */
    private record Part(PrivateEntity row, Disclosure disclosure, String entryId) {}

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
