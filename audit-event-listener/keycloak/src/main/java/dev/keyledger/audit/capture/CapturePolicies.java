package dev.keyledger.audit.capture;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.CapturePolicyEntity;
import dev.keyledger.audit.storage.KeyStorage;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.HashSet;
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
 * <p>A row that does not bear this server's code counts for nothing, and neither does the lack of one that was there: who
 * can write the table only must not be able to switch the log off. Everything of such a realm is recorded.
 */
public final class CapturePolicies {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final CapturePolicy server;
    private final Set<EntryKind> weakenable;
    private final Transactions transactions;
    private final Supplier<KeyRing> keys;
    private volatile PolicyState state = PolicyState.EMPTY;

    /**
     * @param server in force where a realm has none of its own
     * @param weakenable the kinds of which a realm may record less than {@code server}, or open
     */
    public CapturePolicies(
            CapturePolicy server, Set<EntryKind> weakenable, Transactions transactions, Supplier<KeyRing> keys) {
        this.server = server;
        this.weakenable = Set.copyOf(weakenable);
        this.transactions = transactions;
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
        PolicyState read = transactions.run(em -> read(em, last));
        read.forged().stream()
                .filter(realmId -> !last.forged().contains(realmId))
                .forEach(realmId -> LOG.errorf(
                        "AUDIT ALARM: the capture policy of realm %s was not written by this server, and is not"
                                + " followed; everything is recorded",
                        realmId));
        state = read;
        return read;
    }

    private PolicyState read(EntityManager em, PolicyState last) {
        Map<String, CapturePolicyEntity> rows = em.createQuery(
                        "select p from CapturePolicyEntity p", CapturePolicyEntity.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.realmId, row -> row));
        Map<String, CapturePolicy> policies = new HashMap<>();
        Set<String> foreign = new HashSet<>();
        rows.values()
                .forEach(row -> read(row)
                        .ifPresentOrElse(policy -> policies.put(row.realmId, policy), () -> foreign.add(row.realmId)));
        boolean sure = foreign.isEmpty() || KeyStorage.isNewest(em, keys.get().masters());
        return new PolicyState(policies, foreign, last.missingIn(rows), sure);
    }

    /** Whether the server's options allow a realm to have this policy. */
    public boolean allows(CapturePolicy wanted) {
        return wanted.within(server, weakenable).equals(wanted);
    }

    /**
     * Stores a realm's policy in the running transaction. Commit point: that transaction's; the change's own entry
     * belongs to the same one, so neither is without the other, and every node goes on as before until it refreshes.
     *
     * @return the policy that this one replaces, as the row's lock has found it
     */
    public CapturePolicy store(EntityManager em, String realmId, CapturePolicy policy) {
        CapturePolicyEntity row = em.find(CapturePolicyEntity.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        CapturePolicy before = row == null ? of(realmId) : read(row).orElse(CapturePolicy.EVERYTHING);
        CapturePolicyEntity changed = row == null ? new CapturePolicyEntity() : row;
        changed.realmId = realmId;
        changed.policy = CanonicalJson.format(policy.toJson());
        changed.generation = keys.get().generation();
        changed.mac = keys.get().policyCode(realmId, changed.policy);
        if (row == null) {
            em.persist(changed);
        }
        return before;
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
}
