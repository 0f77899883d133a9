package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the newest entries of one operation tell, staged ones among them: the log is its own memory of what was decided. */
public final class LastTold {
    private static final int FEW = 8;

    /** Nodes whose clocks differ by more do not seal. */
    private static final long SKEW = 5_000;

    private final Transactions transactions;
    private final LogDirectory directory;
    private final KeyRing keys;

    public LastTold(Transactions transactions, LogDirectory directory, KeyRing keys) {
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
    }

    /**
     * The change slots of the newest such entries of a realm, in whatever epoch they are, the newest first: of several within
     * a few seconds any may be the last, because the nodes' clocks differ. Empty when there is none; a slot that does not
     * open is an empty object.
     */
    public List<JsonObject> ofRealm(String realmId, String operation) {
        return directory.epochs(realmId).stream()
                .map(epoch -> ofLog(epoch.logId(), operation))
                .filter(told -> !told.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The same, of one epoch. */
    public List<JsonObject> ofLog(String logId, String operation) {
        EntryQuery newest = EntryQuery.newest(FEW).ofWords(List.of(), List.of(operation), List.of());
        EntrySearch search = new EntrySearch(logId, transactions, keys);
        List<FoundEntry> found = Stream.concat(search.staged(newest).stream(), search.sealed(newest).stream())
                .toList();
        long last = found.stream().mapToLong(FoundEntry::time).max().orElse(0);
        return found.stream()
                .filter(entry -> entry.time() >= last - SKEW)
                .map(entry -> change(logId, entry))
                .toList();
    }

    private JsonObject change(String logId, FoundEntry entry) {
        Long index = entry.index();
        Map<Slot, Disclosure> slots = index == null
                ? entry.stagedParts()
                : new PrivateReader(logId, transactions, keys)
                        .open(List.of(index))
                        .getOrDefault(index, Map.of());
        Disclosure change = slots.get(Slot.CHANGE);
        return change == null ? new JsonObject(Map.of()) : change.value();
    }

    /** The realms in whose logs there is such an entry. */
    public List<String> realms(String operation) {
        return transactions.run(em -> em.createQuery(
                        "select h from HeadEntity h where exists (select f.logId from FacetEntity f"
                                + " where f.logId = h.logId and f.operation = :operation)",
                        HeadEntity.class)
                .setParameter("operation", operation)
                .getResultStream()
                .map(HeadEntity::realm)
                .distinct()
                .toList());
    }
}
