package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Authenticator;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import dev.keyledger.scim.keycloak.user.LateDeletion;
import dev.keyledger.scim.keycloak.user.UserMapping;
import dev.keyledger.scim.resource.Change;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Deletes the users whom connections have deleted and whose days are over, as Keycloak does its own cleaning: in each interval
 * one node of the cluster does it.
 *
 * <p>Commit point: one transaction for each user, with its event. What fails, or a crash leaves, is done the next time.
 */
public final class LateDeletions implements ScheduledTask {
    private static final Logger LOGGER = Logger.getLogger(LateDeletions.class);

    private final KeycloakSessionFactory factory;
    private final ScimServer server;

    /** The task of that server. */
    public LateDeletions(KeycloakSessionFactory factory, ScimServer server) {
        this.factory = factory;
        this.server = server;
    }

    /** Lets Keycloak's timer run it. */
    public void schedule(KeycloakSession session) {
        long interval = server.settings().deletionInterval().toMillis();
        session.getProvider(TimerProvider.class)
                .schedule(new ClusterAwareScheduledTaskRunner(factory, this, interval), interval);
    }

    @Override
    public String getTaskName() {
        return "keyledger-scim-deletions";
    }

    @Override
    public void run(KeycloakSession session) {
        long now = server.clock().millis();
        long yesterday = now - Duration.ofDays(1).toMillis();
        for (Provisioned.Deleter deleter : Provisioned.deleters(session, yesterday)) {
            RealmModel realm = session.realms().getRealm(deleter.realmId());
            Contract contract = realm == null
                    ? null
                    : server.contracts().find(realm, deleter.name()).orElse(null);
            Duration days = contract == null ? null : contract.policy().daysUntilDeletion();
            if (realm != null && contract != null && days != null) {
                long before = now - days.toMillis();
                Provisioned.of(session, realm, contract.name())
                        .deletedBefore(before)
                        .forEach(id -> delete(realm.getId(), contract, id, before));
            }
        }
    }

    private void delete(String realmId, Contract contract, String id, long before) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> {
                own.getContext().setRealm(own.realms().getRealm(realmId));
                Connection connection = new Authenticator(own, server.contracts(), server.clock()).acting(contract);
                RealmSchema schema = server.schemas().of(own, contract.places());
                RequestInfo info = new RequestInfo(
                        "DELETE", "Users/" + id, UUID.randomUUID().toString());
                new LateDeletion(own, connection)
                        .delete(id, before, new UserMapping(schema))
                        .ifPresent(gone -> new ChangeEvents(own, connection, info)
                                .user(OperationType.DELETE, gone, Change.between(schema.userType(), gone, null)));
            });
        } catch (ScimException refused) {
            LOGGER.infof(
                    "user %s, whom the connection %s has deleted, stays: %s", id, contract.name(), refused.detail());
        } catch (RuntimeException e) {
            // one user must not keep the others from being deleted
            LOGGER.warnf(e, "user %s could not be deleted, and will be tried again", id);
        }
    }
}
