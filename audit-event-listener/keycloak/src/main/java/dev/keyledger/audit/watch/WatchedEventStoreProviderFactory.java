package dev.keyledger.audit.watch;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.runtime.AuditRuntime;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.jpa.JpaEventStoreProvider;
import org.keycloak.events.jpa.JpaEventStoreProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's own event store, under its own name, which in addition tells the log when somebody clears it: Keycloak
 * raises no event for that. Whatever expires by the realm's settings is no such thing.
 */
public final class WatchedEventStoreProviderFactory extends JpaEventStoreProviderFactory {
    @Override
    public EventStoreProvider create(KeycloakSession session) {
        return new Watched(
                session,
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                AuditRuntime.of(session).recorder());
    }

    /** Before Keycloak's, which has 0. */
    @Override
    public int order() {
        return 1;
    }

    private static final class Watched extends JpaEventStoreProvider {
        private final KeycloakSession session;
        private final Recorder recorder;

        private Watched(KeycloakSession session, EntityManager em, Recorder recorder) {
            super(session, em);
            this.session = session;
            this.recorder = recorder;
        }

        @Override
        public void clear(RealmModel realm) {
            super.clear(realm);
            recorder.recordCleared(session, realm.getId(), "EVENTS");
        }

        @Override
        public void clearAdmin(RealmModel realm) {
            super.clearAdmin(realm);
            recorder.recordCleared(session, realm.getId(), "ADMIN_EVENTS");
        }
    }
}
