package dev.keyledger.audit.capture;

import dev.keyledger.audit.storage.OpenStaging;
import dev.keyledger.audit.storage.StageEntity;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Stores drafts as staged entries, and keeps in mind which of those that stop no request could not be. Thread-safe. */
final class Staging {
    /** What becomes of the log itself. */
    private static final Set<String> OF_THE_LOG = Set.of(SystemEntries.POLICY, SystemEntries.SINK);

    private final Supplier<EntryFactory> entries;
    private final CapturePolicies policies;
    private final Gaps gaps = new Gaps();

    Staging(Supplier<EntryFactory> entries, CapturePolicies policies) {
        this.entries = entries;
        this.policies = policies;
    }

    /**
     * Stores an entry in the session's transaction. A closed one is inserted at the flush, and fails the commit when it
     * cannot be; an open one is inserted now, and leaves a gap.
     */
    void persist(KeycloakSession session, ChangeTeller.Told told) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Draft draft = told.draft();
        if (!isOpen(draft)) {
            StageEntity row = entries.get().row(told.id(), draft);
            row.asynchronous = policies.of(draft.realmId()).isAsynchronous(draft.kind());
            em.persist(row);
            return;
        }
        try {
            OpenStaging.insert(em, entries.get().row(told.id(), draft))
                    .ifPresent(cause -> miss(draft.realmId(), draft.time(), cause));
        } catch (RuntimeException e) {
            miss(draft.realmId(), draft.time(), e);
        }
    }

    /** Keeps in mind that an entry of that time is missing. */
    void miss(String logId, long time, Throwable cause) {
        gaps.add(logId, time, cause);
    }

    /** Tells of what is missing, log by log; what cannot be told is kept in mind. */
    void tellGaps(BiConsumer<String, Gaps.Gap> telling) {
        RuntimeException failure = null;
        for (Map.Entry<String, Gaps.Gap> gap : gaps.take().entrySet()) {
            try {
                telling.accept(gap.getKey(), gap.getValue());
            } catch (RuntimeException e) {
                gaps.put(gap.getKey(), gap.getValue());
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** What becomes of the log itself is never without its entry. */
    private boolean isOpen(Draft draft) {
        return policies.of(draft.realmId()).isOpen(draft.kind()) && !OF_THE_LOG.contains(draft.operation());
    }
}
