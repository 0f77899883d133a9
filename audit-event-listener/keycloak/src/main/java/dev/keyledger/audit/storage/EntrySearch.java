package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches one log by its indexed columns, page by page, without offsets or counts. */
public final class EntrySearch {
    /** Staged rows looked at; more wait only while the sequencer is behind. */
    private static final int MAX_STAGED = 1_000;

    private final String logId;
    private final Transactions transactions;
    private final KeyRing keys;

    public EntrySearch(String logId, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** The matching sequenced entries, newest first, at most {@code query.max()}. */
    public List<FoundEntry> sealed(EntryQuery query) {
        return transactions.run(em -> sealed(em, query));
    }

    /** The matching entries that have no index yet, newest first. */
    public List<FoundEntry> staged(EntryQuery query) {
        return transactions.run(em -> {
            List<FoundEntry> found = new ArrayList<>();
            for (StageEntity row : StagedRows.oldestFirst(em, List.of(logId), MAX_STAGED)) {
                open(row).filter(entry -> matches(query, entry)).ifPresent(found::add);
            }
            found.sort(Comparator.comparingLong(FoundEntry::time).reversed());
            return found;
        });
    }

    /** Finds one entry, sequenced or staged, by its id or its leaf index. */
    public Optional<FoundEntry> find(String idOrIndex) {
        return transactions.run(em -> {
            boolean byIndex = idOrIndex.matches("[0-9]{1,18}");
            TypedQuery<EntryEntity> sealed = em.createQuery(
                    "select e from EntryEntity e where e.logId = :log and e." + (byIndex ? "logIndex" : "id")
                            + " = :key",
                    EntryEntity.class);
            sealed.setParameter("log", logId)
                    .setParameter("key", byIndex ? (Object) Long.valueOf(idOrIndex) : idOrIndex);
            Optional<FoundEntry> found = sealed.getResultStream().findFirst().map(FoundEntry::sealed);
            if (found.isPresent() || byIndex) {
                return found;
            }
            StageEntity row = em.find(StageEntity.class, idOrIndex);
            return row == null || !row.logId.equals(logId) ? Optional.empty() : open(row);
        });
    }

    private List<FoundEntry> sealed(EntityManager em, EntryQuery query) {
        Map<String, Object> values = new HashMap<>();
        String where = where(query, values);
        TypedQuery<EntryEntity> select = em.createQuery(
                "select e from EntryEntity e where " + where + " order by e.eventTime desc, e.logIndex desc",
                EntryEntity.class);
        values.forEach(select::setParameter);
        return select.setMaxResults(query.max())
                .getResultStream()
                .map(FoundEntry::sealed)
                .toList();
    }

    private String where(EntryQuery query, Map<String, Object> values) {
        List<String> terms = new ArrayList<>();
        add(terms, values, "e.logId = :log", "log", logId);
        addIn(terms, values, "kind", query.kinds());
        addIn(terms, values, "operation", query.operations());
        addIn(terms, values, "resourceType", query.resourceTypes());
        add(terms, values, "e.success = :success", "success", query.success());
        add(terms, values, "e.eventTime >= :from", "from", query.from());
        add(terms, values, "e.eventTime < :to", "to", query.to());
        String actor = "e.actorRef in :%1$s or e.actorNameRef in :%1$s";
        String target = "e.targetRef in :%1$s or e.targetNameRef in :%1$s";
        add(terms, values, "(" + String.format(actor, "actor") + ")", "actor", references(query.actor()));
        add(terms, values, "(" + String.format(target, "target") + ")", "target", references(query.target()));
        add(
                terms,
                values,
                "(" + String.format(actor + " or " + target, "user") + ")",
                "user",
                references(query.user()));
        EntryQuery.Cursor before = query.before();
        if (before != null) {
            terms.add("(e.eventTime < :time or (e.eventTime = :time and e.logIndex < :index))");
            values.put("time", before.time());
            values.put("index", before.index());
        }
        return String.join(" and ", terms);
    }

    private static void add(
            List<String> terms, Map<String, Object> values, String term, String name, @Nullable Object value) {
        if (value != null) {
            terms.add(term);
            values.put(name, value);
        }
    }

    private static void addIn(List<String> terms, Map<String, Object> values, String name, List<String> wanted) {
        if (!wanted.isEmpty()) {
            terms.add("e." + name + " in :" + name);
            values.put(name, wanted);
        }
    }

    private @Nullable List<String> references(@Nullable String text) {
        return text == null ? null : keys.references(logId, text);
    }

    private Optional<FoundEntry> open(StageEntity row) {
        try {
            return Optional.of(FoundEntry.staged(row, StagedParts.of(row, keys)));
        } catch (KeyException e) {
            // The sequencer will set the forged row aside and raise the alarm.
            return Optional.empty();
        }
    }

    private boolean matches(EntryQuery query, FoundEntry entry) {
        StagedParts parts = new StagedParts(entry.stagedParts());
        SearchIndex index = SearchIndex.of(logId, entry.leaf().getBytes(StandardCharsets.UTF_8), parts, keys);
        Long from = query.from();
        Long to = query.to();
        Boolean success = query.success();
        return (query.kinds().isEmpty() || query.kinds().contains(index.kind()))
                && (query.operations().isEmpty() || query.operations().contains(index.operation()))
                && (query.resourceTypes().isEmpty() || query.resourceTypes().contains(index.resourceType()))
                && (success == null || success == index.success())
                && (from == null || index.time() >= from)
                && (to == null || index.time() < to)
                && isOneOf(query.actor(), index.actorRef(), index.actorNameRef())
                && isOneOf(query.target(), index.targetRef(), index.targetNameRef())
                && isOneOf(
                        query.user(), index.actorRef(), index.actorNameRef(), index.targetRef(), index.targetNameRef());
    }

    private boolean isOneOf(@Nullable String text, @Nullable String... references) {
        if (text == null) {
            return true;
        }
        String wanted = keys.newReference(logId, text);
        for (String reference : references) {
            if (wanted.equals(reference)) {
                return true;
            }
        }
        return false;
    }
}
