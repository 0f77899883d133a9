package dev.keyledger.scim.keycloak.admin;

import dev.keyledger.scim.keycloak.contract.Contract;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.services.managers.RealmManager;
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

    /** He may see that user: else 403. */
    void requireView(UserModel user) {
        if (!auth.users().canView(user)) {
            throw ApiError.forbidden("view-users is needed to see a user");
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

    /** He may agree to what the policy says: 403 for what only a full administrator may, 400 for actions that are none. */
    void requireRightsFor(Contract contract) {
        if (contract.policy().administrators() && !isFullAdministrator()) {
            throw ApiError.forbidden("only a full administrator of the realm lets a connection change administrators");
        }
        if (contract.organization() != null) {
            requireOrganization(contract.organization());
        }
        if (contract.identityProvider() != null) {
            requireIdentityProvider(contract.identityProvider().alias(), contract.organization());
        }
        for (String action : contract.policy().requiredActions()) {
            RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(action);
            if (known == null || !known.isEnabled()) {
                throw ApiError.invalid("policy.requiredActions has " + action
                        + ", which is no required action that the realm has switched on");
            }
        }
    }

    /** An organization's connection could else make the realm's people log in as its users. */
    private void requireIdentityProvider(String alias, @Nullable String organization) {
        if (session.identityProviders().getByAlias(alias) == null) {
            throw ApiError.invalid("the realm has no identity provider of the alias " + alias);
        }
        if (!auth.realm().canManageIdentityProviders()) {
            throw ApiError.forbidden("manage-identity-providers is needed to link users to one");
        }
        if (organization != null
                && session.getProvider(OrganizationProvider.class)
                        .getByAlias(organization)
                        .getIdentityProviders()
                        .noneMatch(provider -> alias.equals(provider.getAlias()))) {
            throw ApiError.invalid(
                    "the identity provider " + alias + " is not one of the organization " + organization);
        }
    }

    private void requireOrganization(String alias) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (organizations == null || !realm.isOrganizationsEnabled() || organizations.getByAlias(alias) == null) {
            throw ApiError.invalid("the realm has no organization of the alias " + alias);
        }
        if (!auth.orgs().canManage()) {
            throw ApiError.forbidden("manage-organizations is needed to bind a connection to an organization");
        }
    }

    private boolean isFullAdministrator() {
        RoleModel role = RealmManager.isAdministrationRealm(realm)
                ? realm.getRole(AdminRoles.ADMIN)
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID)
                        .getRole(AdminRoles.REALM_ADMIN);
        return auth.roles().canMapRole(role);
    }

    /** Raises an admin event. */
    void tell(OperationType operation, String resourceType, Object representation, String... path) {
        AdminEventBuilder told =
                event.operation(operation).resource(resourceType).resourcePath(path);
        (operation == OperationType.DELETE ? told : told.representation(representation)).success();
    }
}
