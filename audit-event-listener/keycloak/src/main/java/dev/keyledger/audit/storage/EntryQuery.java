package dev.keyledger.audit.storage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to search for; null and empty mean any. Answers come newest first.
 *
 * @param references ids, names and addresses, each list of them a choice
 * @param from epoch milliseconds, inclusive
 * @param to epoch milliseconds, exclusive
 * @param before only what comes behind this place
 * @param max entries on a page, at least 1
 */
public record EntryQuery(
        List<String> kinds,
        List<String> operations,
        List<String> resourceTypes,
        @Nullable Boolean success,
        Map<Reference, List<String>> references,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable Cursor before,
        int max) {
    public EntryQuery {
        kinds = List.copyOf(kinds);
        operations = List.copyOf(operations);
        resourceTypes = List.copyOf(resourceTypes);
        Map<Reference, List<String>> given = new EnumMap<>(Reference.class);
        references.forEach((reference, texts) -> {
            if (!texts.isEmpty()) {
                given.put(reference, List.copyOf(texts));
            }
        });
        references = Map.copyOf(given);
    }

    /** Anything. */
    public static EntryQuery newest(int max) {
        return new EntryQuery(List.of(), List.of(), List.of(), null, Map.of(), null, null, null, max);
    }

    /** The same, of these kinds, operations and resource types. */
    public EntryQuery ofWords(List<String> newKinds, List<String> newOperations, List<String> newTypes) {
        return new EntryQuery(newKinds, newOperations, newTypes, success, references, from, to, before, max);
    }

    /** The same, with this outcome. */
    public EntryQuery withSuccess(@Nullable Boolean wanted) {
        return new EntryQuery(kinds, operations, resourceTypes, wanted, references, from, to, before, max);
    }

    /** The same, with one of these as {@code reference}. */
    public EntryQuery with(Reference reference, String... texts) {
        Map<Reference, List<String>> more = new EnumMap<>(Reference.class);
        more.putAll(references);
        more.put(reference, List.of(texts));
        return new EntryQuery(kinds, operations, resourceTypes, success, more, from, to, before, max);
    }

    /** The same, in {@code [from, to)}. */
    public EntryQuery between(@Nullable Long newFrom, @Nullable Long newTo) {
        return new EntryQuery(kinds, operations, resourceTypes, success, references, newFrom, newTo, before, max);
    }

    /** The page behind a place. */
    public EntryQuery behind(@Nullable Cursor place, int newMax) {
        return new EntryQuery(kinds, operations, resourceTypes, success, references, from, to, place, newMax);
    }

    /** Whether a kind, an operation, a resource type or an outcome is wanted. */
    boolean hasWords() {
        return !kinds.isEmpty() || !operations.isEmpty() || !resourceTypes.isEmpty() || success != null;
    }

    /** Whether an entry with these words is wanted. */
    boolean matchesWords(String kind, String operation, String resourceType, boolean succeeded) {
        return (kinds.isEmpty() || kinds.contains(kind))
                && (operations.isEmpty() || operations.contains(operation))
                && (resourceTypes.isEmpty() || resourceTypes.contains(resourceType))
                && (success == null || success == succeeded);
    }

    /** A place in the order of time and leaf index. */
    public record Cursor(long time, long index) implements Comparable<Cursor> {
        @Override
        public int compareTo(Cursor other) {
            int byTime = Long.compare(time, other.time);
            return byTime == 0 ? Long.compare(index, other.index) : byTime;
        }
    }
}
