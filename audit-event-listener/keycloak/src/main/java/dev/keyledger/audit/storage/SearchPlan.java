package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers a search by more than one way at once, and takes the one that is through first. Which index tells the least
 * about what is not wanted depends on what the log holds, and a database's statistics are too coarse, or too old, to
 * foresee it: so each way goes on a little, in turns, until one has filled the page or come to its end. The cost is that
 * of the best way times the number of ways.
 */
final class SearchPlan {
    /** Entries that one page looks at, over all ways, before it gives up and says how far it came. */
    private static final int MAX_LOOKED_AT = 10_000;

    private static final int FIRST_TURN = 200;

    /** More combinations of words than these are so common that the newest entries have them. */
    private static final int MAX_FACETS = 200;

    private final String logId;
    private final EntryQuery query;
    private final Map<Reference, Set<String>> references = new EnumMap<>(Reference.class);
    private final EntryQuery.Cursor start;
    private final long from;

    SearchPlan(EntityManager em, String logId, EntryQuery query, KeyRing keys) {
        this.logId = logId;
        this.query = query;
        query.references().forEach((reference, texts) -> {
            Set<String> values = texts.stream()
                    .flatMap(text -> keys.references(logId, text).stream())
                    .collect(Collectors.toSet());
            if (reference.leadsToPeople()) {
                // Whoever had the name once is found with all that there is about him.
                values.addAll(KnownNames.subjects(em, logId, values));
            }
            references.put(reference, values);
        });
        Long oldest = query.from();
        this.from = oldest == null ? Long.MIN_VALUE : oldest;
        this.start = start(query);
    }

    /**
     * The places of the entries of a page.
     *
     * @param next where the next page begins; null when there is none
     */
    record Answer(List<EntryQuery.Cursor> found, EntryQuery.@Nullable Cursor next) {}

    /** Whether an entry is what the search is for, wherever it stands. */
    boolean isWanted(SearchIndex entry) {
        Long to = query.to();
        return query.matchesWords(entry.kind(), entry.operation(), entry.resourceType(), entry.success())
                && entry.time() >= from
                && (to == null || entry.time() < to)
                && references.entrySet().stream().allMatch(each -> each.getKey().isOneOf(each.getValue(), entry));
    }

    Answer run(EntityManager em) {
        List<IndexScan> ways = ways(em);
        int turn = FIRST_TURN;
        for (int lookedAt = 0; lookedAt < MAX_LOOKED_AT; turn *= 2) {
            for (IndexScan way : ways) {
                way.advance(turn);
                if (way.isDone()) {
                    return answer(way);
                }
                lookedAt += turn;
            }
        }
        return answer(ways.stream()
                .min(Comparator.comparing(way -> way.reached(start)))
                .orElseThrow());
    }

    private Answer answer(IndexScan way) {
        return new Answer(way.found(), way.next(start));
    }

    /** At least one. Each finds all that is wanted. */
    private List<IndexScan> ways(EntityManager em) {
        List<IndexScan> ways = new ArrayList<>();
        references.forEach((reference, values) -> ways.add(scan(reference.columns().stream()
                .flatMap(column -> values.stream().map(value -> range(em, column, value, start)))
                .toList())));
        if (ways.isEmpty()) {
            ways.add(scan(List.of(range(em, IndexRange.BY_TIME, "", start))));
        }
        if (query.hasWords()) {
            List<FacetEntity> facets = facets(em);
            if (facets.size() <= MAX_FACETS) {
                ways.add(scan(facets.stream()
                        .map(facet -> range(
                                em,
                                "facet",
                                facet.facet,
                                earlier(new EntryQuery.Cursor(facet.lastTime, Long.MAX_VALUE))))
                        .toList()));
            }
        }
        return ways;
    }

    private List<FacetEntity> facets(EntityManager em) {
        return em.createQuery(
                        "select f from FacetEntity f where f.logId = :log and f.lastTime >= :from", FacetEntity.class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .getResultStream()
                .filter(facet -> query.matchesWords(facet.kind, facet.operation, facet.resourceType, facet.success))
                .toList();
    }

    private IndexScan scan(List<IndexRange> ranges) {
        return new IndexScan(ranges, this::isWanted, query.max());
    }

    private IndexRange range(EntityManager em, String column, Object value, EntryQuery.Cursor place) {
        return new IndexRange(em, logId, column, value, place, from);
    }

    private EntryQuery.Cursor earlier(EntryQuery.Cursor place) {
        return place.compareTo(start) < 0 ? place : start;
    }

    private static EntryQuery.Cursor start(EntryQuery query) {
        Long to = query.to();
        EntryQuery.Cursor end = new EntryQuery.Cursor(to == null ? Long.MAX_VALUE : to - 1, Long.MAX_VALUE);
        EntryQuery.Cursor before = query.before();
        return before == null || end.compareTo(before) < 0 ? end : before;
    }
}
