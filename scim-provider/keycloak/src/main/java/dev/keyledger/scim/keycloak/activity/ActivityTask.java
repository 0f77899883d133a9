package dev.keyledger.scim.keycloak.activity;

import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.storage.Activities;
import dev.keyledger.scim.keycloak.storage.Tally;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Writes down what a node has counted, every two seconds if there is anything, so that no request has to.
 *
 * <p>Commit point: one transaction for all that was counted. When it fails the counts are kept and written the next time; a
 * node that is killed loses those of its last two seconds.
 */
public final class ActivityTask implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(ActivityTask.class);
    private static final long INTERVAL_MILLIS = 2_000;

    private final KeycloakSessionFactory factory;
    private final Activity activity;
    private final Contracts contracts;

    /** The task of that node. */
    public ActivityTask(KeycloakSessionFactory factory, Activity activity, Contracts contracts) {
        this.factory = factory;
        this.activity = activity;
        this.contracts = contracts;
    }

    /** Lets Keycloak's timer run it. */
    public void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class).schedule(this, INTERVAL_MILLIS, "keyledger-scim-activity");
    }

    @Override
    public void run() {
        Map<Activity.Key, Tally> counted = activity.take();
        if (counted.isEmpty()) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory, session -> counted.forEach((key, tally) -> write(session, key, tally)));
        } catch (RuntimeException e) {
            // the outermost boundary of the timer: what was counted is not lost
            activity.giveBack(counted);
            LOGGER.debug("the requests of connections could not be written down, and will be", e);
        }
    }

    /** Of a connection that is gone there is nothing to tell any more. */
    private void write(KeycloakSession session, Activity.Key key, Tally tally) {
        RealmModel realm = session.realms().getRealm(key.realmId());
        if (realm != null && contracts.find(realm, key.connection()).isPresent()) {
            new Activities(session, key.realmId()).add(key.connection(), key.hour(), tally);
        }
    }
}
