package dev.keyledger.audit.capture;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.CapturePolicyEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The capture policy of every realm: its own where it has one, within what the server's options allow, else the
 * server's. Looked up for every event, and so kept in memory; {@link #refresh} reads what any node has changed.
 * Thread-safe.
 *
 * <p>A row that does not bear this server's code counts for nothing: who can write the table only must not be able to
 * switch the log off.
 */
public final class CapturePolicies {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final CapturePolicy server;
    private final Set<EntryKind> weakenable;
    private final Transactions transactions;
    private final Supplier<KeyRing> keys;
    private volatile Map<String, CapturePolicy> byRealm = Map.of();

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
        return byRealm.getOrDefault(logId, server);
    }

    /** The kinds of which a realm may record less than the server's options say. */
    public Set<EntryKind> weakenable() {
        return weakenable;
    }

    /** Takes over what was changed since, here or on another node. */
    public void refresh() {
        List<CapturePolicyEntity> rows =
                transactions.run(em -> em.createQuery("select p from CapturePolicyEntity p", CapturePolicyEntity.class)
                        .getResultList());
        Map<String, CapturePolicy> read = new HashMap<>();
        rows.forEach(row -> read(row).ifPresent(policy -> read.put(row.realmId, policy)));
        byRealm = Map.copyOf(read);
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
        CapturePolicy before = Optional.ofNullable(row).flatMap(this::read).orElse(server);
        CapturePolicyEntity changed = row == null ? new CapturePolicyEntity() : row;
        changed.realmId = realmId;
        changed.policy = CanonicalJson.format(policy.toJson());
        changed.mac = keys.get().newReference(context(changed), changed.policy);
        if (row == null) {
            em.persist(changed);
        }
        return before;
    }

    private Optional<CapturePolicy> read(CapturePolicyEntity row) {
        try {
            if (keys.get().references(context(row), row.policy).contains(row.mac)) {
                return Optional.of(
                        CapturePolicy.parse(JsonReader.parseObject(row.policy)).within(server, weakenable));
            }
            alarm(row, null);
        } catch (FormatException e) {
            alarm(row, e);
        }
        return Optional.empty();
    }

    private static void alarm(CapturePolicyEntity row, @Nullable Exception cause) {
        LOG.errorf(
                cause,
                "AUDIT ALARM: the capture policy of realm %s was not written by this server, and is not followed",
                row.realmId);
    }

    /** No log has this id, so nothing that is entered in a log is ever coded like a policy. */
    private static String context(CapturePolicyEntity row) {
        return "capture-policy " + row.realmId;
    }
}
