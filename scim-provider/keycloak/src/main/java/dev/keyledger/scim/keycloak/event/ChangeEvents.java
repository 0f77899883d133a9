package dev.keyledger.scim.keycloak.event;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Resource;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Raises one Keycloak admin event for each resource that a request changed.
 *
 * <p>The event is raised inside the request's transaction, after the change and before the commit: listeners and stores that
 * write with the same transaction hold both or neither. Beside the usual fields it carries the details {@code scim.method},
 * {@code scim.connection}, {@code scim.requestId}, {@code scim.target} and {@code scim.change}.
 */
public final class ChangeEvents {
    private static final int MAX_TEXT = 1000;

    private final KeycloakSession session;
    private final Connection connection;
    private final RequestInfo request;

    /** The events of this request. */
    public ChangeEvents(KeycloakSession session, Connection connection, RequestInfo request) {
        this.session = session;
        this.connection = connection;
        this.request = request;
    }

    /** A user changed: {@code resource} is its state after the change, for a deletion before it. */
    public void user(OperationType operation, Resource resource, Change change) {
        raise(operation, ResourceType.USER, "users", resource, change);
    }

    /** A group or its membership changed: {@code resource} is its state after the change, for a deletion before it. */
    public void group(OperationType operation, Resource resource, Change change) {
        OrganizationScope organization = connection.organization();
        if (organization == null) {
            raise(operation, ResourceType.GROUP, "groups", resource, change);
        } else {
            String path = "organizations/" + organization.id() + "/groups";
            raise(operation, ResourceType.ORGANIZATION_GROUP, path, resource, change);
        }
    }

    /** A Bulk came to its end; its operations have events of their own. */
    public void bulk(int operations, long errors) {
        action("SCIM_BULK")
                .resourcePath(request.path())
                .detail("scim.operations", Integer.toString(operations))
                .detail("scim.errors", Long.toString(errors))
                .success();
    }

    /** Something was read, by that query if it is not empty: the policy of the connection wants to know. */
    public void read(String query, int status) {
        action("SCIM_READ")
                .resourcePath(request.path())
                .detail("scim.query", query.isEmpty() ? null : ScimException.bounded(query, MAX_TEXT))
                .detail("scim.status", Integer.toString(status))
                .success();
    }

    /** A new user was sent a mail, or was not: {@code fault} says why, and is empty if it was. */
    public void invitation(String userId, String fault) {
        AdminEventBuilder event = action("SCIM_INVITATION").resourcePath("users", userId);
        if (!fault.isEmpty()) {
            event.getEvent().setError(ScimException.bounded(fault, MAX_TEXT));
        }
        event.success();
    }

    private AdminEventBuilder action(String resourceType) {
        return begin().operation(OperationType.ACTION).resource(resourceType);
    }

    private AdminEventBuilder begin() {
        return new AdminEventBuilder(session.getContext().getRealm(), connection.auth(), session, Address.of(session))
                .detail("scim.method", request.method())
                .detail("scim.connection", connection.name())
                .detail("scim.requestId", request.requestId());
    }

    private void raise(OperationType operation, ResourceType type, String path, Resource resource, Change change) {
        String id = resource.id().orElseThrow();
        String name = resource.text(type == ResourceType.USER ? "userName" : "displayName");
        begin().operation(operation)
                .resource(type)
                .resourcePath(path, id)
                .representation(resource.view())
                .detail("scim.target", name == null ? id : name)
                .detail("scim.change", change.toJson().toString())
                .success();
    }
}
