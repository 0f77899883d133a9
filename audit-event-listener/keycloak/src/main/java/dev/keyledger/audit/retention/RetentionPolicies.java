package dev.keyledger.audit.retention;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LastTold;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.RetentionEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
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

/**
 * What the realms have decided on retention. A decision is a row with a code of the master key and an entry of the log,
 * and is followed only while both say the same: a row that somebody else wrote, put back or removed prunes nothing.
 */
public final class RetentionPolicies {
    /** The operation of the entry that tells of a decision. */
    public static final String OPERATION = "RETENTION";

    private static final String PERIODS = "periods";

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
        List<String> told = told(realmId);
        if (row == null) {
            return told.isEmpty() ? Optional.of(RetentionPolicy.DEFAULT) : Optional.empty();
        }
        return told.contains(row.policy) ? read(row) : Optional.empty();
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
        changed.mac = keys.get().policyCode(changed.place(), changed.policy);
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
        if (!keys.get().isPolicy(row.mac, row.generation, row.place(), row.policy)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RetentionPolicy.parse(JsonReader.parseObject(row.policy)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** What the newest entry says, and what no row can say when it does not open; empty when there is none. */
    private List<String> told(String realmId) {
        return new LastTold(transactions, directory, keys.get())
                .ofRealm(realmId, OPERATION).stream()
                        .map(RetentionPolicies::periods)
                        .toList();
    }

    private static String periods(JsonObject change) {
        return change.get("details") instanceof JsonObject details && details.get(PERIODS) instanceof JsonString text
                ? text.value()
                : "";
    }
}
