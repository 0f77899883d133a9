package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of the log as the server's log tells them: it is its own memory of them. */
final class PolicyHistory {
    /** The operation of entries that tell a change of the settings. */
    static final String OPERATION = "POLICY";

    private static final EntryQuery NEWEST = EntryQuery.newest(1).ofWords(List.of(), List.of(OPERATION), List.of());

    private final EntrySearch search;
    private final PrivateReader parts;

    PolicyHistory(LogDirectory directory, Transactions transactions, KeyRing keys) {
        String logId = directory.current(LogDirectory.SERVER);
        this.search = new EntrySearch(logId, transactions, keys);
        this.parts = new PrivateReader(logId, transactions, keys);
    }

    /** The settings that were recorded last; empty when none were. */
    Optional<Map<String, JsonValue>> last() {
        return Stream.concat(search.staged(NEWEST).stream(), search.sealed(NEWEST).stream())
                .findFirst()
                .map(this::slots)
                .map(slots -> slots.get(Slot.CHANGE))
                .filter(change -> change.value().get("after") instanceof JsonObject)
                .map(change -> change.value().object("after").members());
    }

    private Map<Slot, Disclosure> slots(FoundEntry entry) {
        Long index = entry.index();
        return index == null ? entry.stagedParts() : parts.open(List.of(index)).getOrDefault(index, Map.of());
    }
}
