package dev.keyledger.audit.watch;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.capture.Target;
import dev.keyledger.audit.runtime.AuditRuntime;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.JpaRealmProvider;
import org.keycloak.models.jpa.JpaRealmProviderFactory;
import org.keycloak.models.jpa.RealmAdapter;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Tells of the texts of a realm's own pages, and of components, which are made and changed past the admin API too: keys
 * that Keycloak generates, workflows, what comes and goes with a directory.
 */
public final class WatchedRealmProviderFactory extends JpaRealmProviderFactory {
    @Override
    public JpaRealmProvider create(KeycloakSession session) {
        return new Watched(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public int order() {
        return super.order() + 1;
    }

    private static void tell(KeycloakSession session, RealmModel realm, String locale) {
        AuditRuntime.of(session).recorder().recordUpdated(session, realm.getId(), Target.localization(locale));
    }

    private static final class Watched extends JpaRealmProvider {
        private final KeycloakSession session;

        private Watched(KeycloakSession session, EntityManager em) {
            super(session, em, null, null);
            this.session = session;
        }

        @Override
        public @Nullable RealmModel getRealm(String id) {
            RealmEntity realm = em.find(RealmEntity.class, id);
            return realm == null ? null : new WatchedRealm(session, em, realm);
        }

        @Override
        public boolean updateLocalizationText(RealmModel realm, String locale, String key, String text) {
            tell(session, realm, locale);
            return super.updateLocalizationText(realm, locale, key, text);
        }

        @Override
        public void saveLocalizationText(RealmModel realm, String locale, String key, String text) {
            tell(session, realm, locale);
            super.saveLocalizationText(realm, locale, key, text);
        }

        @Override
        public void saveLocalizationTexts(RealmModel realm, String locale, Map<String, String> texts) {
            tell(session, realm, locale);
            super.saveLocalizationTexts(realm, locale, texts);
        }

        @Override
        public boolean deleteLocalizationTextsByLocale(RealmModel realm, String locale) {
            tell(session, realm, locale);
            return super.deleteLocalizationTextsByLocale(realm, locale);
        }

        @Override
        public boolean deleteLocalizationText(RealmModel realm, String locale, String key) {
            tell(session, realm, locale);
            return super.deleteLocalizationText(realm, locale, key);
        }
    }

    private static final class WatchedRealm extends RealmAdapter {
        private WatchedRealm(KeycloakSession session, EntityManager em, RealmEntity realm) {
            super(session, em, realm);
        }

        @Override
        public void createOrUpdateRealmLocalizationTexts(String locale, Map<String, String> texts) {
            WatchedRealmProviderFactory.tell(session, this, locale);
            super.createOrUpdateRealmLocalizationTexts(locale, texts);
        }

        @Override
        public boolean removeRealmLocalizationTexts(String locale) {
            WatchedRealmProviderFactory.tell(session, this, locale);
            return super.removeRealmLocalizationTexts(locale);
        }

        @Override
        public ComponentModel importComponentModel(ComponentModel model) {
            ComponentModel made = super.importComponentModel(model);
            tell(made);
            return made;
        }

        @Override
        public void updateComponent(ComponentModel component) {
            tell(component);
            super.updateComponent(component);
        }

        @Override
        public void removeComponent(ComponentModel component) {
            tell(component);
            super.removeComponent(component);
        }

        @Override
        public void removeComponents(String parentId) {
            getComponentsStream(parentId).forEach(this::tell);
            super.removeComponents(parentId);
        }

        private void tell(ComponentModel component) {
            Recorder recorder = AuditRuntime.of(session).recorder();
            Target target = Target.component(component.getId());
            if (UserProfileProvider.class.getName().equals(component.getProviderType())) {
                recorder.recordUpdated(session, getId(), target, Target.userProfile());
            } else {
                recorder.recordUpdated(session, getId(), target);
            }
        }
    }
}
