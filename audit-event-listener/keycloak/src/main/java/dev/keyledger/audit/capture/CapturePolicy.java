package dev.keyledger.audit.capture;

import dev.keyledger.log.entry.EntryKind;
import java.util.Set;

/**
 * What is recorded, and what happens when it cannot be.
 *
 * @param excluded names of the user event types that are not recorded
 * @param open the kinds whose entries must not keep a request from succeeding: when such an entry cannot be written,
 *     the request goes on and the log tells the gap. All other kinds are closed: no entry, no change.
 */
public record CapturePolicy(Set<String> excluded, Set<EntryKind> open) {
    public CapturePolicy {
        excluded = Set.copyOf(excluded);
        open = Set.copyOf(open);
    }

    boolean isOpen(EntryKind kind) {
        return open.contains(kind);
    }
}
