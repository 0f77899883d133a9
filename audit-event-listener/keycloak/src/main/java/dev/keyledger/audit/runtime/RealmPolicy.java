package dev.keyledger.audit.runtime;

import dev.keyledger.audit.capture.CapturePolicies;
import dev.keyledger.audit.capture.CapturePolicy;
import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** What of one realm is recorded, as its admins see and change it. */
public final class RealmPolicy {
    private final String realmId;
    private final CapturePolicies policies;
    private final Recorder recorder;

    RealmPolicy(String realmId, CapturePolicies policies, Recorder recorder) {
        this.realmId = realmId;
        this.policies = policies;
        this.recorder = recorder;
    }

    /** The policy in force on this node; {@code mayWeaken} lists the kinds of which the realm may record less. */
    public JsonObject shown() {
        return shown(policies.of(realmId));
    }

    /**
     * Replaces the policy in the session's transaction, and records both in the log. Commit point: that transaction's.
     * Before it nothing is changed; after it, this node and every other follows within one interval of the sequencer.
     *
     * @throws FormatException when it is no policy, or less than the server's options allow; nothing is changed then
     */
    public JsonObject change(KeycloakSession session, JsonObject wanted) {
        CapturePolicy policy = CapturePolicy.parse(wanted);
        if (!policies.allows(policy)) {
            throw new FormatException("less would be recorded of a kind than the server's options allow; only of "
                    + policies.weakenable().stream()
                            .map(EntryKind::label)
                            .sorted()
                            .toList()
                    + " a realm may exclude more, or fail open");
        }
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        policies.store(em, realmId, policy)
                .ifPresent(before -> recorder.recordPolicy(session, realmId, before, policy));
        return shown(policy);
    }

    private JsonObject shown(CapturePolicy policy) {
        Map<String, JsonValue> json = new TreeMap<>(policy.toJson().members());
        json.put(
                "mayWeaken",
                CapturePolicy.texts(
                        policies.weakenable().stream().map(EntryKind::label).toList()));
        return new JsonObject(json);
    }
}
