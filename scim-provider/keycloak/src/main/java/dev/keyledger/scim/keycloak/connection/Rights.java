package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import org.jspecify.annotations.Nullable;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What a connection may do, by the roles of the realm's administration: {@code manage-users} reads and writes, {@code
 * view-users} reads; where the realm has fine-grained permissions on, those decide about each user and group. In an
 * organization only its own members and groups are asked for. The {@code require} methods throw 403.
 */
public final class Rights {
    private final KeycloakSession session;
    private final String name;
    private final AdminAuth auth;
    private final Contract contract;
    private final AdminPermissionEvaluator permissions;
    private final @Nullable OrganizationScope organization;
    private final boolean fineGrained;

    /** @param byAccessToken whether there is an access token, by whose user Keycloak narrows searches down */
    Rights(
            KeycloakSession session,
            AdminAuth auth,
            Contract contract,
            AdminPermissionEvaluator permissions,
            @Nullable OrganizationScope organization,
            boolean byAccessToken) {
        this.session = session;
        this.name = Connection.nameOf(contract, auth);
        this.auth = auth;
        this.contract = contract;
        this.permissions = permissions;
        this.organization = organization;
        this.fineGrained = byAccessToken && AdminPermissionsSchema.SCHEMA.isAdminPermissionsEnabled(auth.getRealm());
    }

    /** The client can keep a secret: a token of a public client may be anybody's. */
    public void requireConfidential() {
        if (auth.getClient().isPublicClient()) {
            throw ScimException.forbidden("client " + ScimException.quoted(name)
                    + " is public; SCIM wants a confidential client with a service account");
        }
    }

    /** The client may use this service at all. */
    public void requireAnything() {
        if (!mayListUsers() && !permissions.groups().canList()) {
            throw refused("use SCIM");
        }
    }

    /** The client may search users; which of them it then sees, the query decides. */
    public void requireListUsers() {
        if (!mayListUsers()) {
            throw refused("read users");
        }
    }

    /** Whether the client may search users. */
    public boolean mayListUsers() {
        // query-users alone would tell, by totalResults, whether a user exists that the client may not see
        return permissions.users().canView()
                || (fineGrained && permissions.users().canQuery());
    }

    /** The client may read this user. */
    public void requireView(UserModel user) {
        if (!permissions.users().canView(user)) {
            throw refused("read this user");
        }
    }

    /** The client may create users. */
    public void requireCreateUsers() {
        if (!permissions.users().canManage()) {
            throw refused("create users");
        }
    }

    /** The client may change and delete this user. */
    public void requireManage(UserModel user) {
        if (!permissions.users().canManage(user)) {
            throw refused("change this user");
        }
        if (organization != null
                && !organization.owns(user)
                && Provisioned.of(session, auth.getRealm(), contract.name())
                        .find(user.getId())
                        .isEmpty()) {
            throw ScimException.forbidden(
                    "this member does not belong to the organization alone, and was not adopted by this connection");
        }
        // its password or e-mail would make the client whatever this user is
        if (KeycloakVersion.isAdmin(session, user) && !mayChangeAdministrators()) {
            throw ScimException.forbidden(
                    contract.catchesAll()
                            ? "this user is an administrator; only a client that may manage the realm may change it"
                            : "this user is an administrator, whom this connection may not change");
        }
    }

    /** The client may give this role to users and take it away. */
    public void requireMap(RoleModel role) {
        if (organization != null) {
            throw ScimException.forbidden("roles are the realm's; the connection of an organization maps none");
        }
        if (!permissions.roles().canMapRole(role)) {
            throw refused("map the role " + ScimException.quoted(role.getName()));
        }
        if (AdminRoles.isAdminRoleOrComposite(role) && !mayMakeAdministrators()) {
            throw ScimException.forbidden("the role " + ScimException.quoted(role.getName())
                    + " makes administrators; only a client that may manage the realm may map it");
        }
    }

    /** The client may search groups. */
    public void requireListGroups() {
        if (!mayListGroups()) {
            throw refused("read groups");
        }
    }

    /** Whether the client may search groups. */
    public boolean mayListGroups() {
        return permissions.groups().canView()
                || (fineGrained && permissions.groups().canList());
    }

    /** The client may read this group. */
    public void requireView(GroupModel group) {
        if (!permissions.groups().canView(group)) {
            throw refused("read this group");
        }
    }

    /** The client may create groups. */
    public void requireCreateGroups() {
        if (!permissions.groups().canManage()) {
            throw refused("create groups");
        }
    }

    /** The client may change and delete this group. */
    public void requireManage(GroupModel group) {
        if (!permissions.groups().canManage(group)) {
            throw refused("change this group");
        }
        requireNoAdminGroup(group);
    }

    /** The client may put users into this group and take them out. */
    public void requireManageMembership(GroupModel group) {
        if (!permissions.groups().canManageMembership(group)) {
            throw refused("change this group's members");
        }
        requireNoAdminGroup(group);
    }

    /** The client may put this user into groups and take it out of them. */
    public void requireManageMembership(UserModel user) {
        if (!permissions.users().canManageGroupMembership(user)) {
            throw refused("change the groups of user " + user.getId());
        }
    }

    private void requireNoAdminGroup(GroupModel group) {
        if (KeycloakVersion.isAdmin(session, group) && !mayMakeAdministrators()) {
            throw ScimException.forbidden(
                    "this group makes administrators; only a client that may manage the realm may change it");
        }
    }

    private boolean mayChangeAdministrators() {
        return contract.catchesAll()
                ? permissions.realm().canManageRealm()
                : contract.policy().administrators();
    }

    /** A connection of its own makes nobody an administrator, whatever its client may do elsewhere. */
    private boolean mayMakeAdministrators() {
        return contract.catchesAll() && permissions.realm().canManageRealm();
    }

    private ScimException refused(String what) {
        return ScimException.forbidden("client " + ScimException.quoted(name) + " may not " + what
                + "; its service account needs manage-users or view-users of realm-management");
    }
}
