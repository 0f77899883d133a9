package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.log.entry.EntryIds;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Takes events in and sees to it that each becomes a staged entry of the transaction that raised it. Thread-safe. */
public final class Recorder {
    private final KeycloakSessionFactory sessions;
    private final Supplier<EntryFactory> entries;
    private final EntryIds ids;
    private final Set<String> excluded;
    private final ObjectMapper mapper;
    private final ModelSnapshots snapshots;

    /**
     * @param entries made on first use, because it needs the keys and they need the database
     * @param excluded names of the user event types that are not recorded
     */
    public Recorder(
            KeycloakSessionFactory sessions,
            Supplier<EntryFactory> entries,
            EntryIds ids,
            Set<String> excluded,
            ObjectMapper mapper) {
        this.sessions = sessions;
        this.entries = entries;
        this.ids = ids;
        this.excluded = Set.copyOf(excluded);
        this.mapper = mapper;
        this.snapshots = new ModelSnapshots(mapper);
    }

    /** Records what a person or client did. Never throws: a failure fails the transaction's commit. */
    public void record(KeycloakSession session, Event event) {
        if (event.getRealmId() == null
                || event.getType() == null
                || excluded.contains(event.getType().name())) {
            return;
        }
        capture(session, () -> new UserEventTranslator(new KeycloakNames(session)).translate(event));
    }

    /** Records what an admin or SCIM did. Never throws: a failure fails the transaction's commit. */
    public void record(KeycloakSession session, AdminEvent event) {
        if (event.getRealmId() == null) {
            return;
        }
        capture(session, () -> new AdminEventTranslator(new KeycloakNames(session), mapper).translate(event));
    }

    private void capture(KeycloakSession session, Supplier<Draft> translation) {
        PendingEntries pending = PendingEntries.of(session, this);
        if (pending == null) {
            recordAlone(translation);
            return;
        }
        try {
            Draft draft = translation.get();
            pending.add(
                    ids.next(),
                    draft,
                    draft.observed() ? committed(session, draft).orElse(null) : null);
        } catch (RuntimeException | Error e) {
            // Keycloak swallows what a listener throws. The outermost boundary: kept, and thrown by the commit.
            pending.fail(e);
        }
    }

    /**
     * Records in a transaction of its own what is raised after the session's was committed or rolled back, or while it
     * commits. What changed cannot be observed any more; the event tells it.
     */
    private void recordAlone(Supplier<Draft> translation) {
        KeycloakModelUtils.runJobInTransaction(
                sessions, job -> persist(job, new ChangeTeller.Told(ids.next(), translation.get())));
    }

    /** The state before the change: a session of its own sees what is committed. It reads only, and waits for no lock. */
    private Optional<Snapshot> committed(KeycloakSession session, Draft draft) {
        Target target = draft.target();
        if (target == null) {
            return Optional.empty();
        }
        snapshots.prepare(session, target);
        return draft.creates()
                ? Optional.empty()
                : KeycloakModelUtils.runJobInTransactionWithResult(
                        sessions, job -> snapshots.read(job, draft.realmId(), target));
    }

    /** The state as the session's transaction has made it. */
    Optional<Snapshot> state(KeycloakSession session, String realmId, Target target) {
        return snapshots.read(session, realmId, target);
    }

    /** Stores an entry in the session's transaction; the insert happens at its flush. */
    void persist(KeycloakSession session, ChangeTeller.Told told) {
        StageEntity row = entries.get().row(told.id(), told.draft());
        session.getProvider(JpaConnectionProvider.class).getEntityManager().persist(row);
    }
}
