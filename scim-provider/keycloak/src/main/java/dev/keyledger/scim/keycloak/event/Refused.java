package dev.keyledger.scim.keycloak.event;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakContext;

/**
 * A request that was refused, and who sent it, in words that outlive the request's session.
 *
 * @param realmId  the realm that was asked
 * @param request  what was asked for
 * @param why      what the client was told
 * @param address  where it came from
 * @param client   the client id that it signed in as, or says it is; null if it says nothing that we know
 * @param signedIn the connection that it is; null if nothing proves that it is one
 */
public record Refused(
        String realmId,
        RequestInfo request,
        ScimException why,
        String address,
        @Nullable String client,
        @Nullable SignedIn signedIn) {

    /**
     * A connection that proved itself.
     *
     * @param connection the name by which the log knows it
     * @param clientKey  Keycloak's id of its client
     * @param userId     Keycloak's id of the account that it acts as
     */
    public record SignedIn(String connection, String clientKey, String userId) {}

    /** The request of a connection. */
    public static Refused of(KeycloakContext context, RequestInfo request, ScimException why, Connection from) {
        return new Refused(
                context.getRealm().getId(),
                request,
                why,
                context.getConnection().getRemoteHost(),
                from.auth().getClient().getClientId(),
                new SignedIn(from.name(), from.auth().getClient().getId(), from.userId()));
    }

    /** The request of somebody who has not proved who he is. */
    public static Refused ofStranger(
            KeycloakContext context, RequestInfo request, ScimException why, @Nullable String client) {
        return new Refused(
                context.getRealm().getId(),
                request,
                why,
                context.getConnection().getRemoteHost(),
                client,
                null);
    }
}
