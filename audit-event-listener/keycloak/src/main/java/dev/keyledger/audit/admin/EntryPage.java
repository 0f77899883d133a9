package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search, newest first; the first page begins with what is still staged. A short page may have a next one.
 *
 * @param slots what the entries tell, by their ids
 * @param erased what they told, with the index of the entry that says that it was erased; null while that has none
 * @param minIndex older entries than this one may be in archives only
 */
record EntryPage(
        List<FoundEntry> entries,
        Map<String, Map<Slot, Disclosure>> slots,
        Map<String, Map<Slot, @Nullable Long>> erased,
        long minIndex,
        EntryQuery.@Nullable Cursor next) {
    static EntryPage read(RealmLog log, EntryQuery query) {
        List<FoundEntry> staged = query.before() == null ? log.search().staged(query) : List.of();
        EntrySearch.Page page = log.search().page(query);
        List<FoundEntry> found = FoundEntry.once(staged, page.entries());
        return new EntryPage(
                found, log.slots(found), log.erased(found), log.pruned().minIndex(), page.next());
    }

    /** The same without what is staged, without entries behind a size of the log, and without what was erased. */
    static EntryPage sealed(RealmLog log, EntryQuery query, long size) {
        EntrySearch.Page page = log.search().page(query);
        List<FoundEntry> found = page.entries().stream()
                .filter(entry -> isBelow(size, entry.index()))
                .toList();
        return new EntryPage(found, log.slots(found), Map.of(), log.pruned().minIndex(), page.next());
    }

    private static boolean isBelow(long size, @Nullable Long index) {
        return index != null && index < size;
    }

    /** What an entry tells. */
    Map<Slot, Disclosure> slots(FoundEntry entry) {
        return slots.getOrDefault(entry.id(), Map.of());
    }

    /** The same, without the entries that are not wanted. */
    EntryPage only(Predicate<Map<Slot, Disclosure>> wanted) {
        return new EntryPage(
                entries.stream().filter(entry -> wanted.test(slots(entry))).toList(), slots, erased, minIndex, next);
    }

    /** {@code {"entries":[...],"next":...,"minIndex":...}}. */
    String json(BiFunction<FoundEntry, Map<Slot, Disclosure>, Map<String, JsonValue>> line) {
        List<JsonValue> lines = new ArrayList<>();
        for (FoundEntry entry : entries) {
            Map<String, JsonValue> json = line.apply(entry, slots(entry));
            Map<Slot, @Nullable Long> gone = erased.getOrDefault(entry.id(), Map.of());
            if (!gone.isEmpty()) {
                json.put("erased", EntryJson.erased(gone));
            }
            lines.add(new JsonObject(json));
        }
        JsonValue cursor = next == null ? JsonLiteral.NULL : new JsonString(EntryParameters.cursor(next));
        return CanonicalJson.format(new JsonObject(
                Map.of("entries", new JsonArray(lines), "next", cursor, "minIndex", JsonNumber.of(minIndex))));
    }
}
