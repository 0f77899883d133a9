package dev.keyledger.audit.admin;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.privacy.Privacy;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.HeldKey;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One realm's log, to read from. */
final class RealmLog {
    private final AuditRuntime runtime;
    private final String realmId;
    private final String logId;

    private RealmLog(AuditRuntime runtime, String realmId, String logId) {
        this.runtime = runtime;
        this.realmId = realmId;
        this.logId = logId;
    }

    /** The newest epoch of a realm's log. */
    static RealmLog of(AuditRuntime runtime, String realmId) {
        return new RealmLog(runtime, realmId, runtime.directory().renew(realmId));
    }

    /** One epoch of the same log. */
    RealmLog epoch(LogEpoch epoch) {
        return new RealmLog(runtime, realmId, epoch.logId());
    }

    AuditRuntime runtime() {
        return runtime;
    }

    String logId() {
        return logId;
    }

    LogEpoch epoch() {
        String origin = runtime.origin(logId);
        return new LogEpoch(realmId, logId, LogEpoch.number(origin), origin);
    }

    /** Whether no later epoch has begun. */
    boolean isNewest() {
        return runtime.directory().renew(realmId).equals(logId);
    }

    String realmId() {
        return realmId;
    }

    LogStatus status() {
        runtime.origin(logId);
        return LogStatus.read(runtime.transactions(), logId);
    }

    /** What watches over the log. */
    Map<String, JsonValue> integrity() {
        return IntegrityJson.of(runtime, logId);
    }

    Optional<SignedCheckpoint> checkpoint() {
        return Optional.ofNullable(status().checkpoint());
    }

    /** The newest signed checkpoint; a 404 before the first. */
    SignedCheckpoint signed() {
        return checkpoint().orElseThrow(() -> BadRequest.notFound("this realm's log has no entry yet"));
    }

    /** The keys of the log, oldest first. */
    List<HeldKey> keys() {
        return new LogKeys(logId, runtime.transactions()).held(runtime.origin(logId));
    }

    /** What is handed out of a checkpoint to be kept: cosigned, if checkpoints are, by witnesses and by the log itself. */
    SignedCheckpoint cosigned(SignedCheckpoint signed) {
        requireKeys();
        SignedCheckpoint witnessed = runtime.witnesses()
                .map(witnesses -> witnesses.cosigned(logId, signed))
                .orElse(signed);
        return runtime.keys().cosigned(logId, witnessed);
    }

    /** The keys as a bundle under this checkpoint presents them. */
    List<LogKey> keyHistory(SignedCheckpoint under) throws IOException {
        return new LogKeys(logId, runtime.transactions()).history(under, tiles());
    }

    /** The newest Ed25519 key that signed this checkpoint. */
    VerifierKey verifierKey(SignedCheckpoint signed) {
        return keys().stream()
                .map(HeldKey::vkey)
                .filter(key -> key.type() == SignatureType.ED25519)
                .filter(key -> signed.note().signatures().stream().anyMatch(line -> line.isBy(key)))
                .reduce((older, newer) -> newer)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the newest checkpoint of log " + logId
                                        + " is signed by none of its keys; restore AUDIT_LOG_KEY, AUDIT_SIGNING_KEY or AUDIT_CHECKPOINT"));
    }

    /** The custody in force. */
    Custody custody() {
        return runtime.keys().custody();
    }

    /** Why the keys are not to be had; empty when they are. */
    Optional<String> keyProblem() {
        return runtime.keys().problem();
    }

    /** Answers 503 while the keys are not to be had. */
    KeyRing requireKeys() {
        try {
            return runtime.keyRing();
        } catch (KeysUnavailableException e) {
            throw BadRequest.error(503, "keys_unavailable", String.valueOf(e.getMessage()));
        }
    }

    EntrySearch search() {
        return new EntrySearch(logId, runtime.transactions(), requireKeys());
    }

    JpaTileSource tiles() {
        return new JpaTileSource(logId, runtime.transactions());
    }

    PrivateReader privateParts() {
        return new PrivateReader(logId, runtime.transactions(), requireKeys());
    }

    /** What of the log its rows do not tell any more. */
    PrunedUnits pruned() {
        return new PrunedUnits(logId, runtime.transactions());
    }

    /** The people in the log, in all its epochs. */
    Privacy privacy() {
        requireKeys();
        return runtime.privacy(realmId);
    }

    /**
     * The slots that were erased, by the ids of the entries that have such, with the index of the entry that says so;
     * null while that has none.
     */
    Map<String, Map<Slot, @Nullable Long>> erased(List<FoundEntry> entries) {
        Map<Long, Map<Slot, PrivateSlot>> states = privateParts().erased(indices(entries));
        Map<String, Map<Slot, @Nullable Long>> erased = new HashMap<>();
        for (FoundEntry entry : entries) {
            Long index = entry.index();
            Map<Slot, PrivateSlot> slots = index == null ? Map.of() : states.getOrDefault(index, Map.of());
            slots.forEach((slot, state) -> erased.computeIfAbsent(entry.id(), id -> new EnumMap<>(Slot.class))
                    .put(slot, state instanceof PrivateSlot.Erased by ? by.erasureIndex() : null));
        }
        return erased;
    }

    /** The slots that open, by the ids of the entries. */
    Map<String, Map<Slot, Disclosure>> slots(List<FoundEntry> entries) {
        Map<Long, Map<Slot, Disclosure>> sealed = privateParts().open(indices(entries));
        Map<String, Map<Slot, Disclosure>> slots = new HashMap<>();
        for (FoundEntry entry : entries) {
            Long index = entry.index();
            slots.put(entry.id(), index == null ? entry.stagedParts() : sealed.getOrDefault(index, Map.of()));
        }
        return slots;
    }

    private static List<Long> indices(List<FoundEntry> entries) {
        return entries.stream().map(FoundEntry::index).filter(Objects::nonNull).toList();
    }

    /** The time, for what is made while a request is served. */
    long now() {
        return runtime.clock().millis();
    }
}
