package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Searches one log by its indexed columns, page by page, without offsets or counts. How long a page takes does not
 * depend on the size of the log: a page looks at so many entries at most, and says how far it came.
 */
public final class EntrySearch {
    /** Staged rows looked at; more wait only while the sequencer is behind. */
    private static final int MAX_STAGED = 1_000;

    private static final int MAX_LOOKS = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    private final String logId;
    private final Transactions transactions;
    private final KeyRing keys;

    public EntrySearch(String logId, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.transactions = transactions;
        this.keys = keys;
    }

    /**
     * What was found of the sequenced entries.
     *
     * @param entries newest first
     * @param next where the next page begins; null when there is none. A page may be short, even empty, and have a next
     *     one: of what is wanted there was too little among what it looked at
     */
    public record Page(List<FoundEntry> entries, EntryQuery.@Nullable Cursor next) {}

    /** The next page of matching sequenced entries. */
    public Page page(EntryQuery query) {
        return transactions.run(em -> page(em, query));
    }

    /** The newest matching sequenced entries, {@code query.max()} if there are as many, however far back they are. */
    public List<FoundEntry> sealed(EntryQuery query) {
        List<FoundEntry> found = new ArrayList<>();
        EntryQuery rest = query;
        while (true) {
            Page page = page(rest);
            found.addAll(page.entries());
            if (page.next() == null || found.size() >= query.max()) {
                return found;
            }
            rest = query.behind(page.next(), query.max() - found.size());
        }
    }

    /** The matching entries that have no index yet, newest first. */
    public List<FoundEntry> staged(EntryQuery query) {
        return transactions.run(em -> {
            SearchPlan plan = new SearchPlan(em, logId, query, keys);
            List<FoundEntry> found = new ArrayList<>();
            for (StageEntity row : StagedRows.oldestFirst(em, List.of(logId), MAX_STAGED)) {
                open(row).filter(entry -> plan.isWanted(index(entry))).ifPresent(found::add);
            }
            found.sort(Comparator.comparingLong(FoundEntry::time).reversed());
            return found;
        });
    }

    /**
     * What was found from an index on.
     *
     * @param entries in the order of their indices
     * @param next the index to go on with
     */
    public record Tail(List<FoundEntry> entries, long next) {}

    /** Looks at so many entries from an index on, in the order of their indices, for those that match. */
    public Tail tail(EntryQuery query, long from, int entries) {
        return transactions.run(em -> {
            SearchPlan plan = new SearchPlan(em, logId, query, keys);
            List<EntryEntity> rows = em.createQuery(
                            "select e from EntryEntity e where e.logId = :log and e.logIndex >= :from"
                                    + " order by e.logIndex",
                            EntryEntity.class)
                    .setParameter("log", logId)
                    .setParameter("from", from)
                    .setMaxResults(entries)
                    .getResultList();
            List<FoundEntry> found = rows.stream()
                    .filter(row -> plan.isWanted(SearchIndex.of(row)))
                    .map(FoundEntry::sealed)
                    .toList();
            return new Tail(found, rows.isEmpty() ? from : rows.get(rows.size() - 1).logIndex + 1);
        });
    }

    /**
     * Finds one entry, sequenced or staged, by its id or its leaf index. On H2, which shows neither for a moment while the
     * transaction that seals the entry commits, whoever finds nothing looks again for up to a tenth of a second.
     */
    public Optional<FoundEntry> find(String idOrIndex) {
        Optional<FoundEntry> found = look(idOrIndex);
        if (found.isEmpty() && EmbeddedDatabase.isUsed(transactions)) {
            for (int looks = 1; found.isEmpty() && looks < MAX_LOOKS; looks++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                found = look(idOrIndex);
            }
        }
        return found;
    }

    private Optional<FoundEntry> look(String idOrIndex) {
        boolean byIndex = idOrIndex.matches("[0-9]{1,18}");
        return transactions.run(em -> {
            // The stage first: what is sealed in between has left it, and is found sealed.
            Optional<FoundEntry> staged = byIndex
                    ? Optional.empty()
                    : Optional.ofNullable(em.find(StageEntity.class, idOrIndex))
                            .filter(row -> row.logId.equals(logId))
                            .flatMap(this::open);
            return em.createQuery(
                            "select e from EntryEntity e where e.logId = :log and e." + (byIndex ? "logIndex" : "id")
                                    + " = :key",
                            EntryEntity.class)
                    .setParameter("log", logId)
                    .setParameter("key", byIndex ? (Object) Long.valueOf(idOrIndex) : idOrIndex)
                    .getResultStream()
                    .findFirst()
                    .map(FoundEntry::sealed)
                    .or(() -> staged);
        });
    }

    private Page page(EntityManager em, EntryQuery query) {
        SearchPlan plan = new SearchPlan(em, logId, query, keys);
        SearchPlan.Answer answer = plan.run(em);
        return new Page(entries(em, answer.found()), answer.next());
    }

    private List<FoundEntry> entries(EntityManager em, List<EntryQuery.Cursor> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<Long> indices = places.stream().map(EntryQuery.Cursor::index).toList();
        Map<Long, FoundEntry> entries = em.createQuery(
                        "select e from EntryEntity e where e.logId = :log and e.logIndex in :indices",
                        EntryEntity.class)
                .setParameter("log", logId)
                .setParameter("indices", indices)
                .getResultStream()
                .map(FoundEntry::sealed)
                .collect(Collectors.toMap(FoundEntry::index, Function.identity(), (one, same) -> one, HashMap::new));
        return indices.stream().map(entries::get).toList();
    }

    private Optional<FoundEntry> open(StageEntity row) {
        try {
            return Optional.of(FoundEntry.staged(row, StagedParts.of(row, keys)));
        } catch (KeyException e) {
            // The sequencer will set the forged row aside and raise the alarm.
            return Optional.empty();
        }
    }

    private SearchIndex index(FoundEntry entry) {
        StagedParts parts = new StagedParts(entry.stagedParts());
        return SearchIndex.of(entry.leaf().getBytes(StandardCharsets.UTF_8), parts, new References(keys, logId));
    }
}
