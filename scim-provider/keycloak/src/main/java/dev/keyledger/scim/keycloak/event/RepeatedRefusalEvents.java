package dev.keyledger.scim.keycloak.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Raises the events of {@link RepeatedRefusals}, in the session's transaction: of a connection an admin event as {@link
 * RefusalEvents} does, of a stranger the event {@code CLIENT_LOGIN_ERROR}, because who has not proved who he is is no actor. The
 * event about the end of an episode has the details {@code scim.count} and {@code scim.since}, too.
 */
public final class RepeatedRefusalEvents {
    private final KeycloakSession session;

    /** The events in that session, whatever its realm. */
    public RepeatedRefusalEvents(KeycloakSession session) {
        this.session = session;
    }

    /** The first one of an episode. */
    public void begins(Refused refused) {
        raise(refused, null);
    }

    /** The episodes are over. */
    public void end(List<RepeatedRefusals.Episode> episodes) {
        episodes.forEach(episode -> raise(episode.first(), episode));
    }

    private void raise(Refused refused, RepeatedRefusals.@Nullable Episode episode) {
        RealmModel realm = session.realms().getRealm(refused.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        if (refused.signedIn() == null) {
            raiseStranger(realm, refused, episode);
        } else {
            raiseConnection(realm, refused, refused.signedIn(), episode);
        }
    }

    private void raiseStranger(RealmModel realm, Refused refused, RepeatedRefusals.@Nullable Episode episode) {
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.CLIENT_LOGIN)
                .client(refused.client())
                .ipAddress(refused.address())
                .storeImmediately(false)
                .detail("scim.method", refused.request().method())
                .detail("scim.path", refused.request().path())
                .detail("scim.status", Integer.toString(refused.why().status()))
                .detail("reason", refused.why().detail());
        if (episode != null) {
            event.detail("scim.count", Long.toString(episode.count())).detail("scim.since", since(episode));
        }
        event.error(Errors.INVALID_TOKEN);
    }

    private void raiseConnection(
            RealmModel realm, Refused refused, Refused.SignedIn from, RepeatedRefusals.@Nullable Episode episode) {
        ClientModel client = session.clients().getClientById(realm, from.clientKey());
        UserModel account = session.users().getUserById(realm, from.userId());
        if (client == null || account == null) {
            return;
        }
        AdminAuth auth = new AdminAuth(realm, new AccessToken(), account, client);
        AdminEventBuilder event = RefusalEvents.describe(
                new AdminEventBuilder(realm, auth, session, new Address(refused.address())),
                refused.request(),
                refused.why(),
                from.connection());
        if (episode != null) {
            event.detail("scim.count", Long.toString(episode.count())).detail("scim.since", since(episode));
        }
        event.success();
    }

    private static String since(RepeatedRefusals.Episode episode) {
        return Instant.ofEpochMilli(episode.since()).toString();
    }
}
