package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.sequence.StagedEntry;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads what is staged for one log whose head the running transaction has locked, and sets aside what is forged. */
final class StageReader {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    /** Rows that are opened at a time: few enough for both threads to have some. */
    private static final int CHUNK = 256;

    private static final KeyedRows ENTRIES_BY_ID = new KeyedRows("AUDIT_ENTRY", "ID", "LOG_ID");

    private final EntityManager em;
    private final HeadEntity head;
    private final KeyRing keys;
    private final Ahead ahead;

    StageReader(EntityManager em, HeadEntity head, KeyRing keys, Ahead ahead) {
        this.em = em;
        this.head = head;
        this.keys = keys;
        this.ahead = ahead;
    }

    /** At most so many, the oldest first. */
    List<StagedEntry<StagedParts>> read(int limit) {
        List<StageEntity> rows = StagedRows.oldestFirst(em, logIds(), limit);
        List<Supplier<List<Opened>>> chunks = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            List<StageEntity> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            chunks.add(ahead.start(() -> chunk.stream().map(this::open).toList()));
        }
        Set<String> sequenced = sequenced(rows);
        Deque<List<Opened>> all = new ArrayDeque<>();
        // Backwards: what the other thread has not begun is done here.
        for (int chunk = chunks.size() - 1; chunk >= 0; chunk--) {
            all.addFirst(chunks.get(chunk).get());
        }
        List<StagedEntry<StagedParts>> staged = new ArrayList<>();
        for (List<Opened> chunk : all) {
            for (Opened opened : chunk) {
                if (sequenced.contains(opened.id)) {
                    setAside(opened.id, "staged row " + opened.id + " is a copy of an entry that has its index");
                } else if (opened.entry == null) {
                    setAside(opened.id, opened.problem);
                } else {
                    staged.add(opened.entry);
                }
            }
        }
        return staged;
    }

    /** This log, and the epochs before it, whose entries it takes over. */
    private List<String> logIds() {
        return head.epoch == 1
                ? List.of(head.logId)
                : LogEpoch.heads(em, head.realm()).stream()
                        .map(row -> row.logId)
                        .toList();
    }

    /**
     * The rows that somebody has put back on the stage. They bear this server's code, and as their id is taken they
     * would keep every later batch from being stored.
     */
    private Set<String> sequenced(List<StageEntity> rows) {
        Set<String> sequenced = new HashSet<>();
        ENTRIES_BY_ID.find(em, null, rows.stream().map(row -> row.id).toList(), (id, log) -> sequenced.add(id));
        return sequenced;
    }

    /** A staged row; where it has no entry, the problem says why. */
    private record Opened(String id, @Nullable StagedEntry<StagedParts> entry, String problem) {}

    private Opened open(StageEntity row) {
        try {
            StagedParts parts = StagedParts.of(row, keys);
            byte[] leaf = row.leaf.getBytes(StandardCharsets.US_ASCII);
            boolean own = row.logId.equals(head.logId);
            return new Opened(
                    row.id, new StagedEntry<>(row.id, own ? leaf : parts.leafFor(head.origin, leaf), parts), "");
        } catch (KeyException e) {
            return new Opened(row.id, null, String.valueOf(e.getMessage()));
        }
    }

    private void setAside(String id, String problem) {
        KeyStorage.requireNewest(em, keys.masters());
        em.find(StageEntity.class, id).state = StageEntity.QUARANTINED;
        LOG.errorf(
                "AUDIT ALARM: log %s: %s. Somebody wrote to AUDIT_STAGE; the row is set aside.", head.logId, problem);
    }
}
