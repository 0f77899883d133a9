package dev.keyledger.audit.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * The entries of one transaction, from their events until it prepares to commit.
 *
 * <p>Commit point: the transaction's own. Before it neither the change nor its entry exists; after it both do. A throw
 * in {@link #commitImpl} stops the commit before anything is durable: the request fails and all is rolled back.
 */
final class PendingEntries extends AbstractKeycloakTransaction {
    private static final String ATTRIBUTE = PendingEntries.class.getName();

    private final KeycloakSession session;
    private final Recorder recorder;
    private final List<Pending> entries = new ArrayList<>();
    private @Nullable Throwable failure;

    private PendingEntries(KeycloakSession session, Recorder recorder) {
        this.session = session;
        this.recorder = recorder;
    }

    /** The session's entries if there are any that still wait for the commit. */
    static @Nullable PendingEntries find(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof PendingEntries pending && pending.isActive() ? pending : null;
    }

    /** Enlists with the session's transaction; null when that is already committing and takes nobody in any more. */
    static @Nullable PendingEntries enlist(KeycloakSession session, Recorder recorder) {
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

    void add(Draft draft, @Nullable Snapshot before) {
        entries.add(new Pending(draft, before));
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
        if (entries.stream().anyMatch(entry -> entry.draft().observed())) {
            // A change that the database refuses must fail as itself, not as a failure to read it.
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
        }
        entries.forEach(this::persist);
    }

    @Override
    protected void rollbackImpl() {
        entries.clear();
    }

    private void persist(Pending entry) {
        Draft draft = entry.draft();
        Target target = draft.target();
        if (!draft.observed() || target == null) {
            recorder.persist(session, draft, target, draft.change());
            return;
        }
        Snapshot before = entry.before();
        Optional<Snapshot> after = recorder.current(session, draft);
        String name = after.map(Snapshot::name).orElse(before == null ? target.name() : before.name());
        Change change = Change.between(
                before == null ? null : before.attributes(),
                after.map(Snapshot::attributes).orElse(null));
        recorder.persist(session, draft, target.named(name), change);
    }

    private record Pending(Draft draft, @Nullable Snapshot before) {}
}
