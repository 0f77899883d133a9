package dev.keyledger.scim.keycloak.admin;

import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Who manages connections, in one request, and how far he may go: never so far that a connection could do what he cannot.
 *
 * @param session of the request
 * @param realm   whose connections they are
 * @param auth    his rights in the realm
 * @param event   the events that he raises
 */
record Administrator(
        KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {

    /** He may see connections: 403 without {@code view-realm}. */
    void requireView() {
        if (!auth.realm().canViewRealm()) {
            throw ApiError.forbidden("view-realm is needed to see connections");
        }
    }

    /** He may change connections: 403 without {@code manage-realm}, {@code manage-users} and {@code manage-clients}. */
    void requireManage() {
        if (!auth.realm().canManageRealm()
                || !auth.users().canManage()
                || !auth.clients().canManage()) {
            throw ApiError.forbidden("manage-realm, manage-users and manage-clients are needed to change connections:"
                    + " a connection manages users with a client of the realm");
        }
    }

    /** He could give every role of the client's service account himself; else 403. */
    void requireRightsOf(ClientModel client) {
        UserModel account = session.users().getServiceAccount(client);
        if (account == null) {
            return;
        }
        for (RoleModel role : account.getRoleMappingsStream().toList()) {
            if (!auth.roles().canMapRole(role)) {
                throw ApiError.forbidden("the client " + client.getClientId() + " has the role " + role.getName()
                        + ", which you may not give");
            }
        }
    }

    /** Raises an admin event. */
    void tell(OperationType operation, String resourceType, Object representation, String... path) {
        AdminEventBuilder told =
                event.operation(operation).resource(resourceType).resourcePath(path);
        (operation == OperationType.DELETE ? told : told.representation(representation)).success();
    }
}
