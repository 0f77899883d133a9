package dev.keyledger.audit.capture;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * The entries of one transaction, from their events until it prepares to commit.
 *
 * <p>Commit point: the transaction's own. Before it neither the change nor its entry exists; after it both do. A throw
 * in {@link #commitImpl} stops the commit before anything is durable: the request fails and all is rolled back.
 *
 * <p>Until then nothing is read or flushed in the session's own transaction. If the database refused there, Keycloak
 * would roll back in silence and answer the request with success.
 */
final class PendingEntries extends AbstractKeycloakTransaction {
    private static final String ATTRIBUTE = PendingEntries.class.getName();

    private final KeycloakSession session;
    private final Recorder recorder;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<DirectChange> changes = new ArrayList<>();
    private @Nullable Throwable failure;

    private PendingEntries(KeycloakSession session, Recorder recorder) {
        this.session = session;
        this.recorder = recorder;
    }

    /**
     * The entries that wait for the commit of the session's transaction; null when it takes nobody in any more, because
     * it is over, is not begun, or is committing already.
     */
    static @Nullable PendingEntries of(KeycloakSession session, Recorder recorder) {
        if (!session.getTransactionManager().isActive()) {
            return null;
        }
        if (session.getAttribute(ATTRIBUTE) instanceof PendingEntries pending && pending.isActive()) {
            return pending;
        }
        return enlist(session, recorder);
    }

    private static @Nullable PendingEntries enlist(KeycloakSession session, Recorder recorder) {
        PendingEntries pending = new PendingEntries(session, recorder);
        try {
            session.getTransactionManager().enlistPrepare(pending);
        } catch (IllegalStateException e) {
            return null;
        }
        // The entity manager joins the transaction now: while it commits would be too late.
        session.getProvider(JpaConnectionProvider.class).getEntityManager();
        session.setAttribute(ATTRIBUTE, pending);
        return pending;
    }

    void add(Draft draft) {
        drafts.add(draft);
    }

    void add(DirectChange change) {
        changes.add(change);
    }

    /** Makes the commit fail; the first failure is the one that is told. */
    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Override
    protected void commitImpl() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException told) {
            throw told;
        }
        if (cause != null) {
            throw new IllegalStateException("an audit entry could not be made", cause);
        }
        List<Draft> settled =
                recorder.recorded(new DirectChanges(drafts, changes).settle(recorder.ownEntries(session)));
        List<ChangeTeller.Pending> pending = recorder.withWhatWasBefore(settled);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        if (settled.stream().anyMatch(Draft::observed)) {
            // A change that the database refuses must fail as itself, not as a failure to read it.
            em.flush();
        }
        CreatedCredentials credentials = new CreatedCredentials(em);
        new ChangeTeller((realmId, target) ->
                        recorder.state(session, realmId, target, known(settled, credentials, realmId, target)))
                .tell(pending)
                .forEach(told -> recorder.staging().persist(session, told));
    }

    /** Null unless this transaction has created the user. */
    private @Nullable CreatedUser known(
            List<Draft> settled, CreatedCredentials credentials, String realmId, Target target) {
        boolean created = target.type().equals(Target.USER)
                && settled.stream()
                        .anyMatch(draft -> draft.creates()
                                && draft.realmId().equals(realmId)
                                && Objects.requireNonNull(draft.target()).type().equals(Target.USER)
                                && Objects.equals(draft.target().id(), target.id()));
        return created ? CreatedUser.of(changes, realmId, target, credentials::of) : null;
    }

    @Override
    protected void rollbackImpl() {
        drafts.clear();
        changes.clear();
    }
}
