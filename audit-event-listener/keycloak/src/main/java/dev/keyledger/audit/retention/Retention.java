package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.Archives;
import dev.keyledger.audit.privacy.Entries;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.Claim;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrunedUnit;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.log.VerificationException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** How long a log's entries stay in the database, as its admins see and change it. */
public final class Retention {
    private static final String WORK = "prune";

    private final AuditRuntime runtime;
    private final LogEpoch log;
    private final RetentionPolicies policies;

    public Retention(AuditRuntime runtime, LogEpoch log) {
        this.runtime = runtime;
        this.log = log;
        this.policies = new RetentionPolicies(runtime.transactions(), runtime.directory(), runtime::keyRing);
    }

    /** The policy in force; empty when what is stored is not what was decided, and nothing is pruned. */
    public Optional<RetentionPolicy> policy() {
        return policies.of(log.realmId());
    }

    /**
     * Replaces the policy in the session's transaction, and records both in the log, unless it is in force already. Commit
     * point: that transaction's.
     */
    public void change(KeycloakSession session, RetentionPolicy wanted) {
        if (policy().filter(wanted::equals).isPresent()) {
            return;
        }
        RetentionPolicy before = policies.store(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(), log.realmId(), wanted);
        runtime.recorder()
                .recordDecision(
                        session, log.realmId(), RetentionPolicies.OPERATION, RetentionPolicies.facts(before, wanted));
    }

    /** Entries of an archive; empty when this server has no place for archives, and nothing is pruned. */
    public Optional<Integer> unit() {
        return runtime.archives().map(Archives::unit);
    }

    /** The units that were pruned, in order. */
    public List<PrunedUnit> pruned() {
        return new PrunedUnits(log.logId(), runtime.transactions()).list();
    }

    /** From here on the database has every entry. */
    public long minIndex() {
        return new PrunedUnits(log.logId(), runtime.transactions()).minIndex();
    }

    /** From here on a sink has still to be told; empty when all have been told everything, or there is none. */
    public OptionalLong undelivered(long size) {
        OptionalLong first = new Sinks(runtime.transactions()).undelivered(log.logId());
        return first.isPresent() && first.getAsLong() < size ? first : OptionalLong.empty();
    }

    /**
     * Prunes what is due; nothing without a place for archives, and nothing by a policy that somebody else has written. Empty
     * when another node is at it.
     *
     * @throws IOException and {@link VerificationException} as {@link Pruner#run} does
     */
    public Optional<List<Pruner.Done>> prune(Entries entries) throws IOException, VerificationException {
        RetentionPolicy policy = policy().orElse(null);
        Pruner pruner = pruner().orElse(null);
        if (policy == null || pruner == null) {
            return Optional.of(List.of());
        }
        Optional<Claim> taken = Claim.take(runtime.transactions(), runtime.clock(), log.logId(), WORK);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (Claim claim = taken.get()) {
            return Optional.of(
                    pruner.run(log, policy, runtime.privacy(log.realmId()).holds(), entries, claim::renew));
        }
    }

    Optional<Pruner> pruner() {
        return runtime.archives()
                .map(archives -> new Pruner(
                        archives.store(),
                        runtime.transactions(),
                        runtime.directory(),
                        runtime.keyRing(),
                        runtime.clock()));
    }
}
