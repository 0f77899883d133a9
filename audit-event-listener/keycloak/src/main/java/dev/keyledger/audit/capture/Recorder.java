package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.log.entry.EntryIds;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.VerifierKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;

/** Takes events in and sees to it that each becomes a staged entry of the transaction that raised it. Thread-safe. */
public final class Recorder {
    private final KeycloakSessionFactory sessions;
    private final Supplier<EntryFactory> entries;
    private final EntryIds ids;
    private final CapturePolicies policies;
    private final Staging staging;
    private final RequestIds requests;
    private final InstantSource clock;
    private final ObjectMapper mapper;
    private final ModelSnapshots snapshots;

    /**
     * @param entries made on first use, because it needs the keys and they need the database
     */
    public Recorder(
            KeycloakSessionFactory sessions,
            Supplier<EntryFactory> entries,
            EntryIds ids,
            InstantSource clock,
            CapturePolicies policies) {
        this.sessions = sessions;
        this.entries = entries;
        this.ids = ids;
        this.requests = new RequestIds(ids::next);
        this.policies = policies;
        this.staging = new Staging(entries, policies);
        this.clock = clock;
        this.mapper = new ObjectMapper();
        this.snapshots = new ModelSnapshots(mapper);
    }

    /** Records what a person or client did. Never throws: a failure fails the transaction's commit. */
    public void record(KeycloakSession session, Event event) {
        if (event.getRealmId() == null
                || event.getType() == null
                || policies.of(event.getRealmId()).excludes(event.getType())) {
            return;
        }
        capture(session, EntryKind.USER, now -> new UserEventTranslator(names(now)).translate(event));
    }

    /** Records what an admin or SCIM did. Never throws: a failure fails the transaction's commit. */
    public void record(KeycloakSession session, AdminEvent event) {
        if (event.getRealmId() == null) {
            return;
        }
        capture(session, EntryKind.ADMIN, now -> new AdminEventTranslator(names(now), mapper).translate(event));
    }

    /** Records what Keycloak's models tell of, unless an event tells the same. */
    public void record(ProviderEvent event) {
        ModelEvents.translate(event).ifPresent(raised -> record(raised.session(), raised.change()));
    }

    /**
     * Records what becomes of a thing in this transaction, unless it stays as it is or an event tells the same.
     *
     * @param coveredBy what such an event may be about instead of the thing itself
     */
    public void recordUpdated(KeycloakSession session, String realmId, Target about, Target... coveredBy) {
        record(session, DirectChange.of(realmId, about, "UPDATE", coveredBy));
    }

    /** Records a change that the state of the thing does not show, such as {@code users.removed} and how many. */
    public void recordUpdated(KeycloakSession session, String realmId, Target about, String what, String value) {
        record(session, new DirectChange(realmId, about, List.of(), "UPDATE", what, () -> value));
    }

    /** Records that a store of Keycloak's own was cleared, of which Keycloak raises no event. */
    public void recordCleared(KeycloakSession session, String realmId, String store) {
        capture(session, EntryKind.SYSTEM, now -> ownEntries(now).cleared(realmId, store));
    }

    /** Records that a realm's capture policy becomes another one, in the transaction that stores it. */
    public void recordPolicy(KeycloakSession session, String realmId, CapturePolicy before, CapturePolicy after) {
        capture(session, EntryKind.SYSTEM, now -> ownEntries(now).policy(realmId, before, after));
    }

    /** Records what is decided on a realm's log itself, in the transaction that stores it. */
    public void recordDecision(
            KeycloakSession session, String realmId, String operation, Map<String, JsonValue> facts) {
        capture(session, EntryKind.SYSTEM, now -> ownEntries(now).ofLog(realmId, operation, facts));
    }

    /** Records that a sink of a realm's log becomes another one, in the transaction that stores it. */
    public void recordSink(
            KeycloakSession session,
            String realmId,
            String name,
            @Nullable Map<String, JsonValue> before,
            @Nullable Map<String, JsonValue> after) {
        capture(session, EntryKind.SYSTEM, now -> ownEntries(now).sink(realmId, name, before, after));
    }

    /** Records what the server itself does, in the log of the server. */
    public void recordOfServer(
            String operation, @Nullable Map<String, JsonValue> before, @Nullable Map<String, JsonValue> after) {
        recordAlone(job -> ownEntries(job).ofServer(operation, before, after));
    }

    /** Records what a realm's log has found out about itself. */
    public void recordOfLog(String realmId, String operation, Map<String, String> facts) {
        Map<String, JsonValue> details = new TreeMap<>();
        facts.forEach((name, text) -> details.put(name, JsonString.of(text)));
        recordAlone(job -> ownEntries(job).ofLog(realmId, operation, details));
    }

    /**
     * Records what the session's user does with a log itself. The entry is committed when this returns, so that what
     * follows cannot go unrecorded.
     */
    public void recordUse(KeycloakSession session, String realmId, String operation, Map<String, String> facts) {
        Map<String, JsonValue> details = new TreeMap<>();
        facts.forEach((name, text) -> details.put(name, Flattening.text(text)));
        Draft draft = ownEntries(session).ofLog(realmId, operation, details);
        recordAlone(job -> draft);
    }

    /**
     * Makes, and does not store, an entry of what the session's user does with one epoch of a log. Whoever asks stores it,
     * together with what it tells of.
     *
     * @param userId whom it is about; null for the log itself
     */
    public StageEntity use(
            KeycloakSession session,
            LogEpoch epoch,
            String operation,
            @Nullable String userId,
            Map<String, JsonValue> facts) {
        SystemEntries own = ownEntries(session);
        Draft draft = userId == null
                ? own.ofLog(epoch.realmId(), operation, facts)
                : own.ofUser(epoch.realmId(), operation, userId, facts);
        return entries.get().row(ids.next(), draft, epoch.logId(), epoch.origin());
    }

    /** Makes likewise an entry of what the server does with one epoch of a log by itself. */
    public StageEntity own(LogEpoch epoch, String operation, Map<String, JsonValue> facts) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, session -> use(session, epoch, operation, null, facts));
    }

    /** Makes the entry that introduces a key to a log. Whoever asks stores it, together with what depends on it. */
    public StageEntity keyRotation(KeycloakSession session, String logId, VerifierKey key) {
        return entries.get().row(ids.next(), ownEntries(session).keyRotation(logId, key), logId, key.name());
    }

    private void record(KeycloakSession session, DirectChange change) {
        PendingEntries pending = PendingEntries.of(session, this);
        if (pending == null) {
            recordAlone(job -> ownEntries(job).of(change, Map.of()));
            return;
        }
        snapshots.prepare(session, change.about());
        pending.add(change);
    }

    /** Tells the logs what is missing in them, now that entries can be written again; else it is tried the next time. */
    public void recordGaps() {
        staging.tellGaps((logId, gap) -> recordAlone(job -> ownEntries(job).gap(logId, gap)));
    }

    private void capture(KeycloakSession session, EntryKind kind, Function<KeycloakSession, Draft> translation) {
        PendingEntries pending = PendingEntries.of(session, this);
        if (pending == null) {
            recordAlone(translation);
            return;
        }
        try {
            Draft draft = translation.apply(session);
            if (draft.observed() && draft.target() != null) {
                snapshots.prepare(session, draft.target());
            }
            pending.add(draft);
        } catch (RuntimeException | Error e) {
            // Keycloak swallows what a listener throws. The outermost boundary: kept, and thrown by the commit.
            String logId = logId(session);
            if (policies.of(logId).isOpen(kind)) {
                staging.miss(logId, clock.millis(), e);
            } else {
                pending.fail(e);
            }
        }
    }

    /**
     * Records in a transaction of its own what no request asked for, and what is raised after a session's transaction
     * was committed or rolled back, or while it commits. That session is not to be used any more, and what changed
     * cannot be observed; the event tells it.
     */
    private void recordAlone(Function<KeycloakSession, Draft> translation) {
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                job -> recorded(List.of(translation.apply(job)))
                        .forEach(draft -> staging.persist(job, new ChangeTeller.Told(ids.next(), draft))));
    }

    /** Where drafts become staged entries. */
    Staging staging() {
        return staging;
    }

    /** Without what is not recorded. What an excluded entry would tell no other tells in its place. */
    List<Draft> recorded(List<Draft> drafts) {
        return drafts.stream()
                .filter(draft -> !policies.of(draft.realmId()).excludes(draft))
                .toList();
    }

    /** Makes the entries of what no event tells. */
    SystemEntries ownEntries(KeycloakSession session) {
        return new SystemEntries(names(session), clock);
    }

    private Names names(KeycloakSession session) {
        return new KeycloakNames(session, requests);
    }

    /**
     * Reads the state before the transaction, which a session of its own still sees: it reads only, and waits for no
     * lock. Without anything to observe there is no such session.
     */
    List<ChangeTeller.Pending> withWhatWasBefore(List<Draft> drafts) {
        boolean nothingWasThere = drafts.stream().noneMatch(draft -> draft.observed() && !draft.creates());
        if (nothingWasThere) {
            return drafts.stream()
                    .map(draft -> new ChangeTeller.Pending(ids.next(), draft, null))
                    .toList();
        }
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                job -> drafts.stream()
                        .map(draft -> new ChangeTeller.Pending(ids.next(), draft, committed(job, draft)))
                        .toList());
    }

    private @Nullable Snapshot committed(KeycloakSession job, Draft draft) {
        Target target = draft.target();
        return !draft.observed() || draft.creates() || target == null
                ? null
                : snapshots.read(job, draft.realmId(), target).orElse(null);
    }

    /** The state as the session's transaction has made it; {@code known} of what it has created. */
    Optional<Snapshot> state(KeycloakSession session, String realmId, Target target, @Nullable CreatedUser known) {
        return snapshots.read(session, realmId, target, known);
    }

    /** The log of what could not even be translated. */
    private static String logId(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return realm == null ? LogDirectory.SERVER : realm.getId();
    }
}
