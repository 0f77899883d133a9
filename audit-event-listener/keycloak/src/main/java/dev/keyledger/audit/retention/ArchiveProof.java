package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says whether an archive is good enough to prune what is in it. The row of {@code AUDIT_ARCHIVE} alone is worth nothing:
 * an entry {@code ARCHIVE}, which was made after the file had been verified, must have the same hash, and so must what the
 * store has now.
 */
final class ArchiveProof {
    private static final int MOST = 1_000_000;
    private static final int PIECE = 500;
    private static final EntryQuery ALL =
            EntryQuery.newest(MOST).ofWords(List.of("system"), List.of(ArchiveTask.OPERATION), List.of());

    private final ArchiveStore store;
    private final Transactions transactions;
    private final KeyRing keys;
    private final Set<Map<String, String>> told = new HashSet<>();

    ArchiveProof(ArchiveStore store, LogDirectory directory, LogEpoch log, Transactions transactions, KeyRing keys) {
        this.store = store;
        this.transactions = transactions;
        this.keys = keys;
        for (LogEpoch epoch : directory.epochs(log.realmId())) {
            EntrySearch search = new EntrySearch(epoch.logId(), transactions, keys);
            List<FoundEntry> sealed = search.sealed(ALL);
            search.staged(ALL).forEach(entry -> tell(entry.stagedParts()));
            for (int from = 0; from < sealed.size(); from += PIECE) {
                open(epoch, sealed.subList(from, Math.min(sealed.size(), from + PIECE)))
                        .forEach(this::tell);
            }
        }
    }

    private Stream<Map<Slot, Disclosure>> open(LogEpoch epoch, List<FoundEntry> entries) {
        return new PrivateReader(epoch.logId(), transactions, keys)
                        .open(entries.stream()
                                .flatMap(entry -> Stream.ofNullable(entry.index()))
                                .toList())
                        .values()
                        .stream();
    }

    private void tell(Map<Slot, Disclosure> slots) {
        Disclosure change = slots.get(Slot.CHANGE);
        if (change != null && change.value().get("details") instanceof JsonObject details) {
            told.add(Map.of(
                    "log", text(details, "log"),
                    "from", text(details, "from"),
                    "to", text(details, "to"),
                    "sha256", text(details, "sha256")));
        }
    }

    private static String text(JsonObject details, String name) {
        return details.get(name) instanceof JsonString text ? text.value() : "";
    }

    /**
     * Reads the archive back, whole.
     *
     * @throws IOException when no entry tells of it, or the store has not what the entry says
     */
    void require(LogEpoch log, Archive archive) throws IOException {
        Map<String, String> want = Map.of(
                "log", log.origin(),
                "from", Long.toString(archive.from()),
                "to", Long.toString(archive.to()),
                "sha256", archive.hash());
        if (!told.contains(want)) {
            throw new IOException("no entry ARCHIVE tells of " + archive.place() + " with the hash " + archive.hash());
        }
        store.confirm(archive.place(), archive.hash());
    }
}
