package dev.keyledger.scim.keycloak.user;

import java.time.InstantSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;

/**
 * Ends what a user has open when the account is disabled or deleted.
 *
 * <p>Applications with a back-channel logout are told at once, within the request; what they were told is not taken back if
 * the request fails later, which costs the user one login at most.
 */
final class Sessions {
    private final KeycloakSession session;
    private final InstantSource clock;

    Sessions(KeycloakSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Makes every token issued to the user until now worthless. */
    void revokeTokens(UserModel user) {
        session.users()
                .setNotBeforeForUser(
                        session.getContext().getRealm(),
                        user,
                        Math.toIntExact(clock.instant().getEpochSecond()));
    }

    /** Ends the user's sessions, offline ones too. */
    void end(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        session.sessions()
                .getUserSessionsStream(realm, user)
                .toList()
                .forEach(open -> AuthenticationManager.backchannelLogout(
                        session,
                        realm,
                        open,
                        session.getContext().getUri(),
                        session.getContext().getConnection(),
                        session.getContext().getHttpRequest().getHttpHeaders(),
                        true));
        UserSessionManager offline = new UserSessionManager(session);
        offline.findOfflineSessionsStream(realm, user).toList().forEach(offline::revokeOfflineUserSession);
    }
}
