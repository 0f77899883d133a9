package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.LoginActionsService;

/**
 * The mail by which Keycloak asks a new user to do what the connection's policy wants of him: that of its own admin API
 * ("execute actions"), with a link that is good for as long as the realm says.
 *
 * <p>It is sent after the commit that made the user, so that nobody is invited who is not there, and a mail that fails takes
 * nothing back. What became of it is an event in a transaction of its own.
 */
final class Invitation {
    private static final Logger LOGGER = Logger.getLogger(Invitation.class);

    private final KeycloakSession request;
    private final Connection connection;
    private final RequestInfo info;
    private final InstantSource clock;

    Invitation(KeycloakSession request, Connection connection, RequestInfo info, InstantSource clock) {
        this.clock = clock;
        this.request = request;
        this.connection = connection;
        this.info = info;
    }

    /** Sends it to the user of that id. Never throws: the user is there, and the request has succeeded. */
    void send(String userId) {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    request.getKeycloakSessionFactory(),
                    request.getContext(),
                    own -> connection
                            .in(own)
                            .ifPresent(
                                    here -> new ChangeEvents(own, here, info).invitation(userId, sent(own, userId))));
        } catch (RuntimeException e) {
            LOGGER.errorf(e, "what became of the invitation of user %s could not be recorded", userId);
        }
    }

    /** Sends it, and says what was wrong; empty if nothing was. */
    private String sent(KeycloakSession own, String userId) {
        RealmModel realm = own.getContext().getRealm();
        UserModel user = own.users().getUserById(realm, userId);
        if (user == null || !user.isEnabled()) {
            return "the user is switched off";
        }
        if (user.getEmail() == null) {
            return "the user has no e-mail address";
        }
        int lifespan = realm.getActionTokenGeneratedByAdminLifespan();
        try {
            own.getProvider(EmailTemplateProvider.class)
                    .setAttribute(
                            Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS,
                            connection.contract().policy().requiredActions())
                    .setRealm(realm)
                    .setUser(user)
                    .sendExecuteActions(link(own, realm, user, lifespan), TimeUnit.SECONDS.toMinutes(lifespan));
            return "";
        } catch (EmailException e) {
            LOGGER.warnf(e, "the invitation of user %s could not be sent", userId);
            return "the mail could not be sent: " + e.getMessage();
        }
    }

    private String link(KeycloakSession own, RealmModel realm, UserModel user, int lifespan) {
        List<String> actions = connection.contract().policy().requiredActions();
        ExecuteActionsActionToken token = new ExecuteActionsActionToken(
                user.getId(),
                user.getEmail(),
                Math.toIntExact(clock.instant().getEpochSecond()) + lifespan,
                actions,
                null,
                Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        KeycloakUriInfo uri = own.getContext().getUri();
        return LoginActionsService.actionTokenProcessor(uri)
                .queryParam("key", token.serialize(own, realm, uri))
                .build(realm.getName())
                .toString();
    }
}
