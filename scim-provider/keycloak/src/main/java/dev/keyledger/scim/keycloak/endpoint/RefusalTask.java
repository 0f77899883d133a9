package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.event.RepeatedRefusalEvents;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Records, every two seconds if there are any, the floods of refusals that are over, and all of them when the node ends. A node
 * that is killed loses the numbers of those that were not over, which last ten minutes at most; their first ones were recorded
 * when they came.
 */
public final class RefusalTask implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(RefusalTask.class);
    private static final long INTERVAL_MILLIS = 2_000;

    private final KeycloakSessionFactory factory;
    private final RepeatedRefusals refusals;

    /** The task of that node. */
    public RefusalTask(KeycloakSessionFactory factory, RepeatedRefusals refusals) {
        this.factory = factory;
        this.refusals = refusals;
    }

    /** Lets Keycloak's timer run it. */
    public void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class).schedule(this, INTERVAL_MILLIS, "keyledger-scim-refusals");
    }

    @Override
    public void run() {
        record(refusals.over());
    }

    /** Records those that are not over, too. */
    public void finish() {
        record(refusals.all());
    }

    private void record(List<RepeatedRefusals.Episode> episodes) {
        for (RepeatedRefusals.Episode episode : episodes) {
            try {
                KeycloakModelUtils.runJobInTransaction(
                        factory, session -> new RepeatedRefusalEvents(session).end(List.of(episode)));
            } catch (RuntimeException e) {
                // the outermost boundary of the timer
                LOGGER.warnf(
                        e, "%d refused SCIM requests could not be recorded; the first of them was", episode.count());
            }
        }
    }
}
