package dev.keyledger.audit.capture;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.CapturePolicyEntity;
import dev.keyledger.audit.storage.KeyStorage;
import dev.keyledger.audit.storage.LastTold;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The capture policy of every realm: its own where it has one, within what the server's options allow, else the
 * server's. Looked up for every event, and so kept in memory; {@link #refresh} reads what any node has changed.
 * Thread-safe.
 *
 * <p>A row that does not bear this server's code counts for nothing, nor does one of which the log tells otherwise, nor the
 * lack of one that was there or of which the log tells: who can write the table only must not be able to switch the log
 * off. Everything of such a realm is recorded.
 */
public final class CapturePolicies {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final CapturePolicy server;
    private final Set<EntryKind> weakenable;
    private final Transactions transactions;
    private final LogDirectory directory;
    private final Supplier<KeyRing> keys;

    // Of refresh alone.
    private final Map<String, String> decided = new HashMap<>();
    private boolean compared;

    private volatile PolicyState state = PolicyState.EMPTY;

    /**
     * @param server in force where a realm has none of its own
     * @param weakenable the kinds of which a realm may record less than {@code server}, or open
     */
    public CapturePolicies(
            CapturePolicy server,
            Set<EntryKind> weakenable,
            Transactions transactions,
            LogDirectory directory,
            Supplier<KeyRing> keys) {
        this.server = server;
        this.weakenable = Set.copyOf(weakenable);
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
    }

    /** The policy in force for what goes to this log. */
    public CapturePolicy of(String logId) {
        return state.inForce(logId, server);
    }

    /** The kinds of which a realm may record less than the server's options say. */
    public Set<EntryKind> weakenable() {
        return weakenable;
    }

    /** Takes over what was changed since, here or on another node, and tells what the table holds. */
    public synchronized PolicyState refresh() {
        PolicyState last = state;
        PolicyState read = read(last);
        read.forged().stream()
                .filter(realmId -> !last.forged().contains(realmId))
                .forEach(realmId -> LOG.errorf(
                        "AUDIT ALARM: the capture policy of realm %s was not written by this server, and is not"
                                + " followed; everything is recorded",
                        realmId));
        state = read;
        return read;
    }

    private PolicyState read(PolicyState last) {
        Stored stored = transactions.run(this::stored);
        Map<String, CapturePolicy> policies = new HashMap<>();
        Set<String> foreign = new HashSet<>();
        for (CapturePolicyEntity row : stored.rows().values()) {
            CapturePolicy own = read(row).orElse(null);
            CapturePolicy known = last.policies().get(row.realmId);
            if (own != null && isDecided(row)) {
                policies.put(row.realmId, own);
            } else if (known != null && (!stored.sure() || !isStill(row))) {
                // A node with newer keys has written it, or it has just become another one: the next look tells.
                policies.put(row.realmId, known);
            } else {
                foreign.add(row.realmId);
            }
        }
        Set<String> missing = last.missingIn(stored.rows());
        if (!compared) {
            missing.addAll(told().realms(SystemEntries.POLICY));
            missing.removeAll(stored.rows().keySet());
            missing.remove(LogDirectory.SERVER);
            compared = true;
        }
        return new PolicyState(policies, foreign, missing, stored.sure());
    }

    private Stored stored(EntityManager em) {
        Map<String, CapturePolicyEntity> rows = em.createQuery(
                        "select p from CapturePolicyEntity p", CapturePolicyEntity.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.realmId, row -> row));
        return new Stored(rows, KeyStorage.isNewest(em, keys.get().masters()));
    }

    /**
     * Whether the log tells of this policy last; earlier versions did not tell of each. It is asked once for each policy, as
     * an older one that is put back is another.
     */
    private boolean isDecided(CapturePolicyEntity row) {
        if (row.policy.equals(decided.get(row.realmId))) {
            return true;
        }
        List<JsonObject> last = told().ofRealm(row.realmId, SystemEntries.POLICY);
        Map<String, JsonValue> attributes =
                CapturePolicy.parse(JsonReader.parseObject(row.policy)).attributes();
        boolean same = last.isEmpty()
                || last.stream()
                        .anyMatch(change -> change.get("after") instanceof JsonObject after
                                && after.members().equals(attributes));
        if (same) {
            decided.put(row.realmId, row.policy);
        }
        return same;
    }

    private boolean isStill(CapturePolicyEntity row) {
        return transactions.run(em -> {
            CapturePolicyEntity now = em.find(CapturePolicyEntity.class, row.realmId);
            return now != null && now.policy.equals(row.policy);
        });
    }

    private LastTold told() {
        return new LastTold(transactions, directory, keys.get());
    }

    /** Whether the server's options allow a realm to have this policy. */
    public boolean allows(CapturePolicy wanted) {
        return wanted.within(server, weakenable).equals(wanted);
    }

    /**
     * Stores a realm's policy in the running transaction. Commit point: that transaction's; the change's own entry
     * belongs to the same one, so neither is without the other, and every node goes on as before until it refreshes.
     *
     * @return the policy that was in force before, as the row's lock has found it; empty when the row says the same already,
     *     and nothing is decided
     */
    public Optional<CapturePolicy> store(EntityManager em, String realmId, CapturePolicy policy) {
        String text = CanonicalJson.format(policy.toJson());
        CapturePolicyEntity row = em.find(CapturePolicyEntity.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        Optional<CapturePolicy> own = row == null ? Optional.of(of(realmId)) : read(row);
        boolean same = row != null && own.isPresent() && row.policy.equals(text);
        CapturePolicyEntity changed = row == null ? new CapturePolicyEntity() : row;
        changed.realmId = realmId;
        changed.policy = text;
        changed.generation = keys.get().generation();
        changed.mac = keys.get().policyCode(realmId, changed.policy);
        if (row == null) {
            em.persist(changed);
        }
        return same ? Optional.empty() : Optional.of(own.orElse(CapturePolicy.EVERYTHING));
    }

    /** Empty when this server did not write the row, or not like this, or does not know any more what it says. */
    private Optional<CapturePolicy> read(CapturePolicyEntity row) {
        if (!keys.get().isPolicy(row.mac, row.generation, row.realmId, row.policy)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    CapturePolicy.parse(JsonReader.parseObject(row.policy)).within(server, weakenable));
        } catch (FormatException e) {
            LOG.errorf(e, "the capture policy of realm %s cannot be read", row.realmId);
            return Optional.empty();
        }
    }

    /** The rows by their realms, and whether this node has the newest keys. */
    private record Stored(Map<String, CapturePolicyEntity> rows, boolean sure) {}
}
