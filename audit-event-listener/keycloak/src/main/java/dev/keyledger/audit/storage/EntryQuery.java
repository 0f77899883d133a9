package dev.keyledger.audit.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to search for; null and empty mean any. Answers come newest first.
 *
 * @param user id or name of the actor or of the target
 * @param from epoch milliseconds, inclusive
 * @param to epoch milliseconds, exclusive
 * @param before only what comes behind this place
 */
public record EntryQuery(
        List<String> kinds,
        List<String> operations,
        List<String> resourceTypes,
        @Nullable Boolean success,
        @Nullable String user,
        @Nullable String actor,
        @Nullable String target,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable Cursor before,
        int max) {
    public EntryQuery {
        kinds = List.copyOf(kinds);
        operations = List.copyOf(operations);
        resourceTypes = List.copyOf(resourceTypes);
    }

    /** A place in the order of time and leaf index. */
    public record Cursor(long time, long index) {}
}
