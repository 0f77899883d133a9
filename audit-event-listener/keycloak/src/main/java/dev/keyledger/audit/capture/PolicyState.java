package dev.keyledger.audit.capture;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The capture policies that the table held when a node last read it, by the realms' ids.
 *
 * @param policies that this server wrote, and the log tells of last
 * @param foreign realms with another row, or one that cannot be read
 * @param missing realms that had a row when this node read them before, or of whose policy the log tells; this server never
 *     removes one
 * @param sure whether this node has the newest keys, and so can tell what is foreign
 */
public record PolicyState(Map<String, CapturePolicy> policies, Set<String> foreign, Set<String> missing, boolean sure) {
    static final PolicyState EMPTY = new PolicyState(Map.of(), Set.of(), Set.of(), true);

    public PolicyState {
        policies = Map.copyOf(policies);
        foreign = Set.copyOf(foreign);
        missing = Set.copyOf(missing);
    }

    /** What is in force: of a policy that somebody has tampered with everything is recorded. */
    CapturePolicy inForce(String realmId, CapturePolicy otherwise) {
        boolean lost = foreign.contains(realmId) || missing.contains(realmId);
        return lost ? CapturePolicy.EVERYTHING : policies.getOrDefault(realmId, otherwise);
    }

    /** The realms whose policy somebody else wrote or removed. */
    public Set<String> forged() {
        Set<String> forged = new TreeSet<>(missing);
        if (sure) {
            forged.addAll(foreign);
        }
        return forged;
    }

    /** The realms whose own policy is in force. */
    public Set<String> followed() {
        return policies.keySet();
    }

    /** What is gone of this in what was read later. */
    Set<String> missingIn(Map<String, ?> rows) {
        Set<String> gone = new TreeSet<>(policies.keySet());
        gone.addAll(missing);
        gone.removeAll(rows.keySet());
        return gone;
    }
}
