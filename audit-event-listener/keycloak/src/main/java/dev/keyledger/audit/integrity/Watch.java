package dev.keyledger.audit.integrity;

import dev.keyledger.audit.capture.PolicyState;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.IntegrityState;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.storage.IntegrityRows;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.log.verify.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks at what is seen at a glance, however long a verification takes: rows of the stage that were set aside, capture
 * policies that somebody else wrote, and the state that health and metrics show.
 */
final class Watch {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int MAX_QUARANTINED = 200;

    private final AuditRuntime runtime;
    private final LogVerification verification;
    private final Verifications verifications;

    Watch(AuditRuntime runtime, LogVerification verification) {
        this.runtime = runtime;
        this.verification = verification;
        this.verifications = new Verifications(runtime.transactions());
    }

    /** Looks once. What fails is tried again the next time, and keeps nothing else from being seen. */
    void look() {
        alone("tell of rows that were set aside", this::quarantined);
        alone("check the capture policies", this::policies);
        alone("show how the logs are", this::publish);
    }

    private static void alone(String what, Runnable step) {
        try {
            step.run();
        } catch (KeysUnavailableException e) {
            LOG.debugf(e, "Keyledger cannot %s without its keys", what);
        } catch (RuntimeException e) {
            // The outermost boundary of the thread.
            LOG.errorf(e, "Keyledger could not %s, and tries again", what);
        }
    }

    private void quarantined() {
        List<Verifications.Found> all = verifications.quarantined(MAX_QUARANTINED);
        if (all.size() < MAX_QUARANTINED) {
            verifications.settle(all, runtime.clock().millis());
        }
        Map<String, List<Verifications.Found>> rows =
                all.stream().collect(Collectors.groupingBy(Verifications.Found::logId));
        rows.forEach((logId, found) -> {
            String origin = runtime.origin(logId);
            LogEpoch log = new LogEpoch(runtime.directory().realm(logId), logId, LogEpoch.number(origin), origin);
            verification.found(
                    log,
                    "FORGED_STAGE",
                    found.stream()
                            .map(row -> new Finding(Finding.Status.FAIL, row.check(), row.message(), null))
                            .toList());
        });
    }

    /**
     * Tells of realms whose capture policy somebody else wrote or removed. It stands until the realm has one again that is
     * followed; of a realm that does not exist, until its row is gone.
     */
    private void policies() {
        PolicyState state = runtime.refreshPolicies();
        Set<String> forged = state.forged().stream().map(Watch::forgedPolicy).collect(Collectors.toSet());
        Set<String> followed =
                state.followed().stream().map(Watch::forgedPolicy).collect(Collectors.toSet());
        for (String realmId : state.forged()) {
            LogEpoch log = runtime.directory().epochs(realmId).stream()
                    .findFirst()
                    .orElseGet(() -> runtime.directory().epochs(serverLog()).get(0));
            verification.found(
                    log,
                    "INTEGRITY_ALARM",
                    List.of(new Finding(Finding.Status.FAIL, Verifications.POLICY, forgedPolicy(realmId), null)));
        }
        verifications.settle(
                Verifications.POLICY,
                found -> forged.contains(found.message())
                        || (!followed.contains(found.message())
                                && !runtime.directory().realm(found.logId()).equals(LogDirectory.SERVER)),
                runtime.clock().millis());
    }

    /** The id of the server's log, which exists after this call. */
    private String serverLog() {
        return runtime.directory().realm(LogDirectory.SERVER);
    }

    private static String forgedPolicy(String realmId) {
        return "the capture policy of realm " + realmId
                + " in AUDIT_POLICY was changed or removed, and not by this server;"
                + " everything is recorded until the realm is given a policy again";
    }

    private void publish() {
        long oldest = verifications.times().values().stream()
                .mapToLong(Verifications.Times::verified)
                .min()
                .orElse(0);
        runtime.publish(new IntegrityState(
                new IntegrityRows(runtime.transactions()).read(),
                oldest,
                runtime.keys().problem().orElse(null),
                runtime.clock().millis()));
    }
}
