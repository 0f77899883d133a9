package dev.keyledger.scim.keycloak;

import dev.keyledger.scim.keycloak.activity.ActivityTask;
import dev.keyledger.scim.keycloak.endpoint.LateDeletions;
import dev.keyledger.scim.keycloak.endpoint.RefusalTask;
import dev.keyledger.scim.keycloak.endpoint.ScimServer;
import dev.keyledger.scim.keycloak.endpoint.ScimSettings;
import dev.keyledger.scim.keycloak.modified.ModifiedTimes;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Puts SCIM at {@code /realms/{realm}/scim/v2} of every realm.
 *
 * <p>The id {@value #ID} is that of Keycloak's own preview, whose place this provider takes without a word where both are there;
 * the word is said here, at the start.
 */
public final class ScimRealmResourceProviderFactory implements RealmResourceProviderFactory {
    /** The provider's id, and the path segment behind the realm. */
    public static final String ID = "scim";

    private static final Logger LOGGER = Logger.getLogger(ScimRealmResourceProviderFactory.class);

    private @Nullable ScimServer server;
    private @Nullable ActivityTask activity;
    private @Nullable RefusalTask refusals;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        server = new ScimServer(ScimSettings.of(config), InstantSource.system());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ModifiedTimes.keep(factory, InstantSource.system());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent && !Environment.isNonServerMode()) {
                start(factory);
            }
        });
        if (KeycloakVersion.nativeScimIsOn()) {
            LOGGER.warn(
                    "Keycloak's own SCIM preview (feature scim-api) is on as well; Keyledger answers at"
                            + " /realms/{realm}/scim/v2 in its place, for every realm. Switch the feature off to be rid of this.");
        }
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ScimRealmResourceProvider(session, server());
    }

    @Override
    public void close() {
        if (server != null) {
            server.invitations().close();
        }
        RefusalTask told = refusals;
        if (told != null) {
            told.finish();
        }
        ActivityTask running = activity;
        if (running != null) {
            running.run();
        }
    }

    /**
     * Being closed before the listeners of events, the caches and the database connections are, it can still write down what was
     * counted last, and what became of the last mails. The caches have no name in Keycloak's public interfaces; the user
     * sessions are closed before them.
     */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(EventListenerProvider.class, UserSessionProvider.class, JpaConnectionProvider.class);
    }

    private void start(KeycloakSessionFactory factory) {
        ActivityTask task = new ActivityTask(factory, server().activity(), server().contracts());
        activity = task;
        RefusalTask repeated = new RefusalTask(factory, server().refusals());
        refusals = repeated;
        LateDeletions deletions = new LateDeletions(factory, server());
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            deletions.schedule(session);
            task.schedule(session);
            repeated.schedule(session);
        });
    }

    private ScimServer server() {
        return Objects.requireNonNull(server, "init comes first");
    }
}
