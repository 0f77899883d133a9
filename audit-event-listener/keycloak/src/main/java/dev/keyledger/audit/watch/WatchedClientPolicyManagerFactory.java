package dev.keyledger.audit.watch;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.capture.Target;
import dev.keyledger.audit.runtime.AuditRuntime;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManager;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManagerFactory;

/** Tells of changed client policies and profiles. */
public final class WatchedClientPolicyManagerFactory extends DefaultClientPolicyManagerFactory {
    @Override
    public ClientPolicyManager create(KeycloakSession session) {
        return new Watched(session);
    }

    /** Before Keycloak's, which has 0. */
    @Override
    public int order() {
        return 1;
    }

    private static final class Watched extends DefaultClientPolicyManager {
        private final KeycloakSession session;

        private Watched(KeycloakSession session) {
            super(session);
            this.session = session;
        }

        @Override
        public void updateClientProfiles(RealmModel realm, ClientProfilesRepresentation profiles)
                throws ClientPolicyException {
            tell(realm);
            super.updateClientProfiles(realm, profiles);
        }

        @Override
        public void updateClientPolicies(RealmModel realm, ClientPoliciesRepresentation policies)
                throws ClientPolicyException {
            tell(realm);
            super.updateClientPolicies(realm, policies);
        }

        /** A change that then is refused leaves no difference, and so no entry. */
        private void tell(RealmModel realm) {
            Recorder recorder = AuditRuntime.of(session).recorder();
            recorder.recordUpdated(session, realm.getId(), Target.clientPolicies());
        }
    }
}
