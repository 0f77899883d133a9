package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.sequence.SequencedEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private record Part(PrivateEntity row, Disclosure disclosure, String entryId) {}

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
        parts.slots().values().forEach(each -> this.parts.add(part(row, each, parts.slots(), references)));
    }

    private static Part part(
            EntryEntity entry, Disclosure disclosure, Map<Slot, Disclosure> slots, References references) {
        PrivateEntity row = new PrivateEntity();
        row.logId = entry.logId;
        row.logIndex = entry.logIndex;
        row.slot = disclosure.slot().label();
        row.subjectRef = SearchIndex.subject(disclosure.slot(), slots, references);
        return new Part(row, disclosure, entry.id);
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
            part.row.data = keys.apply(part.row.subjectRef)
                    .seal(
                            CanonicalJson.encode(StagedParts.toJson(part.disclosure)),
                            PrivateReader.context(part.entryId, part.disclosure.slot()));
        }
        return parts.stream().map(Part::row).toList();
    }
}
