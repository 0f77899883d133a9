package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.note.VerifierKey;
import java.util.Map;
import java.util.Optional;

/** One realm's log, to read from. */
final class RealmLog {
    private final AuditRuntime runtime;
    private final String logId;

    RealmLog(AuditRuntime runtime, String logId) {
        this.runtime = runtime;
        this.logId = logId;
    }

    LogStatus status() {
        runtime.origin(logId);
        return LogStatus.read(runtime.transactions(), logId);
    }

    Optional<SignedCheckpoint> checkpoint() {
        return Optional.ofNullable(status().checkpoint());
    }

    VerifierKey verifierKey() {
        return runtime.signer(logId).verifierKey();
    }

    EntrySearch search() {
        return new EntrySearch(logId, runtime.transactions(), runtime.keyRing());
    }

    JpaTileSource tiles() {
        return new JpaTileSource(logId, runtime.transactions());
    }

    PrivateReader privateParts() {
        return new PrivateReader(logId, runtime.transactions(), runtime.keyRing());
    }

    /** The slots of an entry that open. */
    Map<Slot, Disclosure> slots(FoundEntry entry) {
        Long index = entry.index();
        return index == null
                ? entry.stagedParts()
                : privateParts().open(index, index + 1).getOrDefault(index, Map.of());
    }
}
