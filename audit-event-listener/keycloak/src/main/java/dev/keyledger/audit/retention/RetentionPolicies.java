package dev.keyledger.audit.retention;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.RetentionEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the realms have decided on retention. A decision is a row with a code of the master key and an entry of the log,
 * and is followed only while both say the same: a row that somebody else wrote, put back or removed prunes nothing.
 */
public final class RetentionPolicies {
    /** The operation of the entry that tells of a decision. */
    public static final String OPERATION = "RETENTION";

    private static final String PERIODS = "periods";
    private static final EntryQuery NEWEST = EntryQuery.newest(1).ofWords(List.of(), List.of(OPERATION), List.of());

    private final Transactions transactions;
    private final LogDirectory directory;
    private final Supplier<KeyRing> keys;

    public RetentionPolicies(Transactions transactions, LogDirectory directory, Supplier<KeyRing> keys) {
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
    }

    /** The policy in force; empty when what is stored is not what the log says was decided last. */
    public Optional<RetentionPolicy> of(String realmId) {
        RetentionEntity row = transactions.run(em -> em.find(RetentionEntity.class, realmId));
        Optional<String> told = told(realmId);
        if (row == null) {
            return told.isEmpty() ? Optional.of(RetentionPolicy.DEFAULT) : Optional.empty();
        }
        boolean same = told.filter(row.policy::equals).isPresent();
        return same ? read(row) : Optional.empty();
    }

    /**
     * Stores a realm's decision in the running transaction. Commit point: that transaction's; the entry that tells of it
     * belongs to the same one.
     *
     * @return what was in force before; the default, where that was somebody else's
     */
    public RetentionPolicy store(EntityManager em, String realmId, RetentionPolicy policy) {
        RetentionEntity row = em.find(RetentionEntity.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        RetentionPolicy before =
                row == null ? RetentionPolicy.DEFAULT : read(row).orElse(RetentionPolicy.DEFAULT);
        RetentionEntity changed = row == null ? new RetentionEntity() : row;
        changed.realmId = realmId;
        changed.policy = CanonicalJson.format(policy.toJson());
        changed.generation = keys.get().generation();
        changed.mac = keys.get().policyCode(place(realmId), changed.policy);
        if (row == null) {
            em.persist(changed);
        }
        return before;
    }

    /** What the entry says: the whole policy, which a list of what differs would not. */
    public static Map<String, JsonValue> facts(RetentionPolicy before, RetentionPolicy after) {
        return Map.of(
                PERIODS,
                new JsonString(CanonicalJson.format(after.toJson())),
                PERIODS + ".before",
                new JsonString(CanonicalJson.format(before.toJson())));
    }

    private Optional<RetentionPolicy> read(RetentionEntity row) {
        if (!keys.get().isPolicy(row.mac, row.generation, place(row.realmId), row.policy)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RetentionPolicy.parse(JsonReader.parseObject(row.policy)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** What the newest entry says; empty when there is none, and nothing that a row can say when it does not open. */
    private Optional<String> told(String realmId) {
        return directory.epochs(realmId).stream()
                .flatMap(epoch -> newest(epoch).stream())
                .findFirst();
    }

    private Optional<String> newest(LogEpoch epoch) {
        EntrySearch search = new EntrySearch(epoch.logId(), transactions, keys.get());
        return Stream.concat(search.staged(NEWEST).stream(), search.sealed(NEWEST).stream())
                .findFirst()
                .map(entry -> periods(epoch, entry));
    }

    private String periods(LogEpoch epoch, FoundEntry entry) {
        Long index = entry.index();
        Map<Slot, Disclosure> slots = index == null
                ? entry.stagedParts()
                : new PrivateReader(epoch.logId(), transactions, keys.get())
                        .open(List.of(index))
                        .getOrDefault(index, Map.of());
        Disclosure change = slots.get(Slot.CHANGE);
        return change != null
                        && change.value().get("details") instanceof JsonObject details
                        && details.get(PERIODS) instanceof JsonString text
                ? text.value()
                : "";
    }

    /** Another place than that of a capture policy: the code of the one is none for the other. */
    private static String place(String realmId) {
        return "retention\0" + realmId;
    }
}
