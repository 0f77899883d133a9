package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.AdminPermissions;

/** A provisioning client for the time of one request: its name, its contract, what it sees and what it may do. */
public final class Connection {
    private static final int PAUSED_SECONDS = 300;

    private final KeycloakSession session;
    private final String name;
    private final AdminAuth auth;
    private final Contract contract;
    private final Rights rights;
    private final @Nullable OrganizationScope organization;
    private final Sight sight;
    private final boolean byAccessToken;

    private Connection(
            KeycloakSession session,
            AdminAuth auth,
            Contract contract,
            boolean byAccessToken,
            AdminPermissionEvaluator permissions) {
        RealmModel realm = auth.getRealm();
        this.session = session;
        this.byAccessToken = byAccessToken;
        this.name = nameOf(contract, auth);
        this.auth = auth;
        this.contract = contract;
        this.organization = OrganizationScope.of(session, realm, contract.organization());
        this.sight = Sight.of(contract.policy(), organization, this::provisioned);
        this.rights = new Rights(session, auth, contract, permissions, organization, byAccessToken);
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

    static String nameOf(Contract contract, AdminAuth auth) {
        return contract.catchesAll() ? auth.getClient().getClientId() : contract.name();
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

    /** What the connection may do. */
    public Rights rights() {
        return rights;
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
}
