package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.AdminPermissions;

/**
 * A provisioning client for the time of one request: its name and its rights.
 *
 * <p>Rights are those of the realm's administration roles: {@code manage-users} reads and writes, {@code view-users} reads;
 * where the realm has fine-grained permissions on, those decide about each user and group. The {@code require} methods throw
 * 403.
 */
public final class Connection {
    private static final int PAUSED_SECONDS = 300;

    private final KeycloakSession session;
    private final String name;
    private final AdminAuth auth;
    private final Contract contract;
    private final AdminPermissionEvaluator permissions;
    private final @Nullable OrganizationScope organization;
    private final Sight sight;
    private final boolean byAccessToken;
    private final boolean fineGrained;

    private Connection(
            KeycloakSession session,
            AdminAuth auth,
            Contract contract,
            boolean byAccessToken,
            AdminPermissionEvaluator permissions) {
        RealmModel realm = auth.getRealm();
        this.session = session;
        this.byAccessToken = byAccessToken;
        this.name = contract.catchesAll() ? auth.getClient().getClientId() : contract.name();
        this.auth = auth;
        this.contract = contract;
        this.permissions = permissions;
        this.organization = OrganizationScope.of(session, realm, contract.organization());
        this.sight = Sight.of(contract.policy(), organization, this::provisioned);
        // Keycloak narrows searches down for the user behind an access token only
        this.fineGrained = byAccessToken && AdminPermissionsSchema.SCHEMA.isAdminPermissionsEnabled(realm);
    }

    /** The connection of a client that has an access token of this realm: its rights are those that the token leaves it. */
    static Connection ofAccessToken(KeycloakSession session, AdminAuth auth, Contract contract) {
        return new Connection(session, auth, contract, true, rights(session, auth, true));
    }

    /** A connection as an administrator looks at it, with his rights and before anybody has asked for anything. */
    public static Connection seenBy(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator rights, Contract contract) {
        AdminAuth his = rights.adminAuth();
        AdminAuth auth = new AdminAuth(realm, his.getToken(), his.getUser(), his.getClient());
        return new Connection(session, auth, contract, true, rights);
    }

    /** A connection that has proved itself otherwise: its rights are the roles of its client's service account. */
    static Connection ofServiceAccount(KeycloakSession session, AdminAuth auth, Contract contract) {
        return new Connection(session, auth, contract, false, rights(session, auth, false));
    }

    /** The same client in another session, with the rights that it has there; empty if its account is gone. */
    public Optional<Connection> in(KeycloakSession other) {
        RealmModel realm = other.getContext().getRealm();
        if (realm == null) {
            return Optional.empty();
        }
        UserModel user = other.users().getUserById(realm, auth.getUser().getId());
        ClientModel client =
                other.clients().getClientById(realm, auth.getClient().getId());
        if (user == null || client == null) {
            return Optional.empty();
        }
        AdminAuth there = new AdminAuth(realm, auth.getToken(), user, client);
        return Optional.of(new Connection(other, there, contract, byAccessToken, rights(other, there, byAccessToken)));
    }

    private static AdminPermissionEvaluator rights(KeycloakSession session, AdminAuth auth, boolean byAccessToken) {
        return byAccessToken
                ? AdminPermissions.evaluator(session, auth.getRealm(), auth)
                : AdminPermissions.evaluator(session, auth.getRealm(), auth.getRealm(), auth.getUser());
    }

    /** The name by which the log knows the connection; of the built-in one, the OAuth client's id. */
    public String name() {
        return name;
    }

    /** What the realm has agreed with the client. */
    public Contract contract() {
        return contract;
    }

    /** Which users and groups there are for the connection. */
    public Sight sight() {
        return sight;
    }

    /** The organization whose members are the connection's users; null for the whole realm. */
    public @Nullable OrganizationScope organization() {
        return organization;
    }

    /** What the connection has made and taken over. */
    public Provisioned provisioned() {
        return Provisioned.of(session, auth.getRealm(), contract.name());
    }

    /** The connection has made the user: he joins its organization, if it has one. */
    public void made(UserModel user) {
        made(user.getId());
        if (organization != null) {
            organization.join(user);
        }
    }

    /** Remembers, if it has to be, that the connection has made the resource of that id. */
    public void made(String resourceId) {
        if (contract.remembers()) {
            provisioned().made(resourceId);
        }
    }

    /** Refuses with 503 while the connection is paused. */
    public void requireRunning() {
        if (contract.paused()) {
            throw ScimException.unavailable(
                    "the connection " + ScimException.quoted(name) + " is paused; nothing is lost, try again later",
                    PAUSED_SECONDS);
        }
    }

    /** Who acts, in Keycloak's words, for admin events. */
    public AdminAuth auth() {
        return auth;
    }

    /** The id of the user behind the token; of a client's own token, of its service account. */
    public String userId() {
        return auth.getUser().getId();
    }

    /**
     * 32 bytes for that purpose that only the server knows: the same for this client on every node and after a restart, until
     * the realm's key for its own signatures is replaced.
     */
    public byte[] secret(String purpose) {
        return RealmSecret.of(session, purpose, auth.getUser().getId());
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
                && provisioned().find(user.getId()).isEmpty()) {
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
        if (organization != null || !permissions.groups().canManage()) {
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
