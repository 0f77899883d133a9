package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.sequence.SequencedEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is to be stored of some sequenced entries, computed from nothing but them and the keys.
 *
 * @param entries without the numbers of their facets
 * @param indices what each of them is found by
 * @param names what they tell of how people are called
 */
record SequencedRows(
        List<EntryEntity> entries, List<SearchIndex> indices, Set<NameEntity.Key> names, List<Part> parts) {
    /** A private row without its data, and what is to be encrypted into it. */
    private record Part(PrivateEntity row, List<Disclosure> slots, String entryId) {}

    static SequencedRows of(String logId, List<SequencedEntry<StagedParts>> sequenced, References references) {
        SequencedRows rows =
                new SequencedRows(new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>());
        for (SequencedEntry<StagedParts> entry : sequenced) {
            rows.add(logId, entry, references);
        }
        return rows;
    }

    private void add(String logId, SequencedEntry<StagedParts> entry, References references) {
        StagedParts parts = entry.staged().payload();
        byte[] leaf = entry.staged().leaf();
        EntryEntity row = new EntryEntity();
        row.logId = logId;
        row.logIndex = entry.index();
        row.id = entry.staged().id();
        row.leaf = new String(leaf, StandardCharsets.US_ASCII);
        row.leafHash = entry.leafHash().toBase64();
        SearchIndex index = SearchIndex.of(leaf, parts, references);
        index.copyTo(row);
        entries.add(row);
        indices.add(index);
        names.addAll(KnownNames.told(logId, parts.slots(), references));
        Map<String, List<Disclosure>> bySubject = new LinkedHashMap<>();
        parts.slots()
                .forEach((slot, part) -> bySubject
                        .computeIfAbsent(
                                SearchIndex.subject(slot, parts.slots(), references), subject -> new ArrayList<>())
                        .add(part));
        bySubject.forEach((subject, slots) -> this.parts.add(part(row, subject, slots)));
    }

    private static Part part(EntryEntity entry, String subject, List<Disclosure> slots) {
        PrivateEntity row = new PrivateEntity();
        row.logId = entry.logId;
        row.logIndex = entry.logIndex;
        row.slot = PackedSlots.of(slots).label();
        row.subjectRef = subject;
        return new Part(row, slots, entry.id);
    }

    /** Whose keys the private parts are encrypted with. */
    Set<String> subjects() {
        Set<String> subjects = new LinkedHashSet<>();
        parts.forEach(part -> subjects.add(part.row.subjectRef));
        return subjects;
    }

    /** Encrypts the private parts, each with its subject's key. */
    List<PrivateEntity> encrypt(Function<String, Aead> keys) {
        for (Part part : parts) {
            part.row.data = PackedSlots.seal(keys.apply(part.row.subjectRef), part.entryId, part.slots);
        }
        return parts.stream().map(Part::row).toList();
    }
}
