package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.LoginActionsService;

/**
 * The mail by which Keycloak asks a new user to do what the connection's policy wants of him: that of its own admin API
 * ("execute actions"), with a link that is good for as long as the realm says.
 *
 * <p>Commit points: the first is that of the request that made the user; only after it is the mail prepared, so that nobody is
 * invited who is not there. It is sent by one of the threads of {@link Invitations}, with the request over, and what became of
 * it is an event in a transaction of its own that is committed then. A mail that fails takes nothing back.
 */
final class Invitation {
    private static final Logger LOGGER = Logger.getLogger(Invitation.class);

    private final KeycloakSession request;
    private final Connection connection;
    private final RequestInfo info;
    private final InstantSource clock;
    private final Invitations threads;

    Invitation(KeycloakSession request, Connection connection, RequestInfo info, ScimServer server) {
        this.clock = server.clock();
        this.threads = server.invitations();
        this.request = request;
        this.connection = connection;
        this.info = info;
    }

    /** Sends it to the user of that id, soon. Never throws: the user is there, and the request has succeeded. */
    void send(String userId) {
        KeycloakSessionFactory factory = request.getKeycloakSessionFactory();
        String realmId = request.getContext().getRealm().getId();
        try {
            // the link has the address by which the request came: made while there is one
            String link = KeycloakModelUtils.runJobInTransactionWithResult(
                    factory, request.getContext(), own -> link(own, userId), "SCIM invitation");
            threads.send(new Prepared(factory, realmId, userId, link));
        } catch (RuntimeException e) {
            LOGGER.errorf(e, "the invitation of user %s could not be prepared", userId);
            record(factory, realmId, userId, own -> "the mail could not be prepared");
        }
    }

    /** Does the work in a transaction of its own and records what it answers, the fault or nothing. */
    private void record(
            KeycloakSessionFactory factory, String realmId, String userId, Function<KeycloakSession, String> work) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> {
                own.getContext().setRealm(own.realms().getRealm(realmId));
                connection
                        .in(own)
                        .ifPresent(here -> new ChangeEvents(own, here, info).invitation(userId, work.apply(own)));
            });
        } catch (RuntimeException e) {
            // the outermost boundary of the thread, and of a request that has succeeded
            LOGGER.errorf(e, "what became of the invitation of user %s could not be recorded", userId);
        }
    }

    private final class Prepared implements Invitations.Mail {
        private final KeycloakSessionFactory factory;
        private final String realmId;
        private final String userId;
        private final String link;

        Prepared(KeycloakSessionFactory factory, String realmId, String userId, String link) {
            this.factory = factory;
            this.realmId = realmId;
            this.userId = userId;
            this.link = link;
        }

        @Override
        public void run() {
            record(factory, realmId, userId, own -> sent(own, userId, link));
        }

        @Override
        public void giveUp(String reason) {
            record(factory, realmId, userId, own -> "the mail was not sent: " + reason);
        }
    }

    /** Sends it, and says what was wrong; empty if nothing was. */
    private String sent(KeycloakSession own, String userId, String link) {
        RealmModel realm = own.getContext().getRealm();
        UserModel user = own.users().getUserById(realm, userId);
        if (user == null || !user.isEnabled()) {
            return "the user is switched off or gone";
        }
        if (user.getEmail() == null) {
            return "the user has no e-mail address";
        }
        try {
            own.getProvider(EmailTemplateProvider.class)
                    .setAttribute(
                            Constants.TEMPLATE_ATTR_REQUIRED_ACTIONS,
                            connection.contract().policy().requiredActions())
                    .setRealm(realm)
                    .setUser(user)
                    .sendExecuteActions(
                            link, TimeUnit.SECONDS.toMinutes(realm.getActionTokenGeneratedByAdminLifespan()));
            return "";
        } catch (EmailException e) {
            LOGGER.warnf(e, "the invitation of user %s could not be sent", userId);
            return "the mail could not be sent: " + e.getMessage();
        }
    }

    /** Empty for a user who gets no mail. */
    private String link(KeycloakSession own, String userId) {
        RealmModel realm = own.getContext().getRealm();
        UserModel user = own.users().getUserById(realm, userId);
        if (user == null || user.getEmail() == null) {
            return "";
        }
        ExecuteActionsActionToken token = new ExecuteActionsActionToken(
                user.getId(),
                user.getEmail(),
                Math.toIntExact(clock.instant().getEpochSecond()) + realm.getActionTokenGeneratedByAdminLifespan(),
                connection.contract().policy().requiredActions(),
                null,
                Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        KeycloakUriInfo uri = own.getContext().getUri();
        return LoginActionsService.actionTokenProcessor(uri)
                .queryParam("key", token.serialize(own, realm, uri))
                .build(realm.getName())
                .toString();
    }
}
