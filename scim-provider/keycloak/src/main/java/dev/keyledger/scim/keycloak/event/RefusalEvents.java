package dev.keyledger.scim.keycloak.event;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import java.util.List;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Records a changing request that was refused or failed, as an admin event of operation ACTION and resource type
 * {@value #RESOURCE_TYPE}.
 *
 * <p>Commit point: what is recorded is rolled back first; only then does the event get a transaction of its own and is
 * committed there. A crash in between leaves neither the change nor the record, never a change without one.
 */
public final class RefusalEvents {
    /** The resource type of these events; Keycloak has none that fits. */
    public static final String RESOURCE_TYPE = "SCIM_REQUEST";

    private final KeycloakSession session;
    private final Connection connection;

    /** The events of that connection; the session's transaction has no part in them. */
    public RefusalEvents(KeycloakSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /**
     * One refused request, or one refused operation of a Bulk.
     *
     * @param request what was asked for
     * @param why     what the client is told
     */
    public record Refusal(RequestInfo request, ScimException why) {}

    /** Records these refusals, all of them or, when that throws, none. */
    public void record(List<Refusal> refusals) {
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> connection.in(own).ifPresent(here -> refusals.forEach(refusal -> raise(own, here, refusal))));
    }

    private static void raise(KeycloakSession own, Connection connection, Refusal refusal) {
        AdminEventBuilder event = new AdminEventBuilder(
                own.getContext().getRealm(),
                connection.auth(),
                own,
                own.getContext().getConnection());
        describe(event, refusal.request(), refusal.why(), connection.name()).success();
    }

    static AdminEventBuilder describe(
            AdminEventBuilder event, RequestInfo request, ScimException why, String connection) {
        return event.operation(OperationType.ACTION)
                .resource(RESOURCE_TYPE)
                .resourcePath(request.path())
                .detail("scim.method", request.method())
                .detail("scim.connection", connection)
                .detail("scim.requestId", request.requestId())
                .detail("scim.status", Integer.toString(why.status()))
                .detail(
                        "scim.scimType",
                        why.scimType() == null ? null : why.scimType().keyword())
                .detail("scim.detail", why.detail());
    }
}
