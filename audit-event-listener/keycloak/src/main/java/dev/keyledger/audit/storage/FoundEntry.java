package dev.keyledger.audit.storage;

import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a search finds it.
 *
 * @param index leaf index; null while it is staged
 * @param stagedParts the opened slots of a staged entry; empty for a sequenced one, whose parts {@link PrivateReader}
 *     reads
 */
public record FoundEntry(String id, @Nullable Long index, long time, String leaf, Map<Slot, Disclosure> stagedParts) {
    /**
     * Staged entries, then sequenced ones, each entry once: what was sequenced between the two searches is found by
     * both.
     */
    public static List<FoundEntry> once(List<FoundEntry> staged, List<FoundEntry> sealed) {
        Set<String> sequenced = sealed.stream().map(FoundEntry::id).collect(Collectors.toSet());
        return Stream.concat(staged.stream().filter(entry -> !sequenced.contains(entry.id())), sealed.stream())
                .toList();
    }

    static FoundEntry sealed(EntryEntity row) {
        return new FoundEntry(row.id, row.logIndex, row.eventTime, row.leaf, Map.of());
    }

    static FoundEntry staged(StageEntity row, StagedParts parts) {
        return new FoundEntry(row.id, null, row.eventTime, row.leaf, parts.slots());
    }
}
