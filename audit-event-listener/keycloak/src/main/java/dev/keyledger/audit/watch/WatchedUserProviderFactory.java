package dev.keyledger.audit.watch;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.capture.Target;
import dev.keyledger.audit.runtime.AuditRuntime;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.JpaUserProviderFactory;

/** Tells of the labels and the order of credentials, and of what a statement does to all users of a directory. */
public final class WatchedUserProviderFactory extends JpaUserProviderFactory {
    @Override
    public UserProvider create(KeycloakSession session) {
        return new Watched(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public int order() {
        return super.order() + 1;
    }

    private static final class Watched extends JpaUserProvider {
        private final KeycloakSession session;

        private Watched(KeycloakSession session, EntityManager em) {
            super(session, em);
            this.session = session;
        }

        /** A login may count or hash anew; that is no change. */
        @Override
        public void updateCredential(RealmModel realm, UserModel user, CredentialModel credential) {
            CredentialModel stored = getStoredCredentialById(realm, user, credential.getId());
            if (stored != null && !Objects.equals(stored.getUserLabel(), credential.getUserLabel())) {
                recorder().recordUpdated(session, realm.getId(), Target.user(user.getId(), user.getUsername()));
            }
            super.updateCredential(realm, user, credential);
        }

        @Override
        public boolean moveCredentialTo(RealmModel realm, UserModel user, String id, String after) {
            recorder().recordUpdated(session, realm.getId(), Target.user(user.getId(), user.getUsername()));
            return super.moveCredentialTo(realm, user, id, after);
        }

        @Override
        public void removeImportedUsers(RealmModel realm, String directory) {
            tell(realm, directory, "users.removed");
            super.removeImportedUsers(realm, directory);
        }

        @Override
        public void unlinkUsers(RealmModel realm, String directory) {
            tell(realm, directory, "users.unlinked");
            super.unlinkUsers(realm, directory);
        }

        private void tell(RealmModel realm, String directory, String what) {
            long users = em.createQuery(
                            "select count(u) from UserEntity u where u.realmId = :realm and u.federationLink = :link",
                            Long.class)
                    .setParameter("realm", realm.getId())
                    .setParameter("link", directory)
                    .getSingleResult();
            if (users > 0) {
                recorder()
                        .recordUpdated(session, realm.getId(), Target.component(directory), what, Long.toString(users));
            }
        }

        private Recorder recorder() {
            return AuditRuntime.of(session).recorder();
        }
    }
}
