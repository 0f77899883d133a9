package dev.keyledger.scim.keycloak.admin;

import dev.keyledger.scim.keycloak.contract.Contract;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * The clients that connections act as. One whom the realm does not have is made, with a service account that may manage users;
 * one that was made so goes with its connection.
 */
final class ServiceClients {
    private static final String MADE_FOR = "keyledger.connection";
    private static final List<String> ROLES =
            List.of(AdminRoles.MANAGE_USERS, AdminRoles.VIEW_USERS, AdminRoles.QUERY_GROUPS);

    private final Administrator administrator;
    private final KeycloakSession session;
    private final RealmModel realm;

    ServiceClients(Administrator administrator) {
        this.administrator = administrator;
        this.session = administrator.session();
        this.realm = administrator.realm();
    }

    /** The client that the contract names; none for the built-in one. Throws 400 for a client that cannot be meant. */
    Optional<ClientModel> of(Contract contract) {
        String clientId = contract.client();
        if (clientId == null) {
            return Optional.empty();
        }
        ClientModel known = realm.getClientByClientId(clientId);
        if (known == null) {
            return Optional.of(make(contract.name(), clientId));
        }
        if (known.isPublicClient() || known.isBearerOnly() || !known.isServiceAccountsEnabled()) {
            throw ApiError.invalid("the client " + clientId
                    + " cannot be a connection's: it must be confidential, with a service account");
        }
        administrator.requireRightsOf(known);
        return Optional.of(known);
    }

    private ClientModel make(String connection, String clientId) {
        ClientRepresentation wanted = new ClientRepresentation();
        wanted.setClientId(clientId);
        wanted.setDescription("Acts for the SCIM connection " + connection);
        wanted.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        wanted.setPublicClient(false);
        wanted.setStandardFlowEnabled(false);
        wanted.setDirectAccessGrantsEnabled(false);
        wanted.setServiceAccountsEnabled(true);
        wanted.setFullScopeAllowed(true);
        ClientModel client = ClientManager.createClient(session, realm, wanted);
        client.setAttribute(MADE_FOR, connection);
        new ClientManager(new RealmManager(session)).enableServiceAccount(client);
        UserModel account = session.users().getServiceAccount(client);
        ClientModel management = administration();
        for (String name : ROLES) {
            RoleModel role = management.getRole(name);
            account.grantRole(role);
        }
        ClientRepresentation made = ModelToRepresentation.toRepresentation(client, session);
        made.setSecret(null);
        administrator.tell(OperationType.CREATE, ResourceType.CLIENT.name(), made, "clients", client.getId());
        return client;
    }

    private ClientModel administration() {
        return RealmManager.isAdministrationRealm(realm)
                ? realm.getMasterAdminClient()
                : realm.getClientByClientId("realm-management");
    }

    /** Removes the client of a connection that is no more, if it was made for it. */
    void release(Contract contract) {
        String clientId = contract.client();
        ClientModel client = clientId == null ? null : realm.getClientByClientId(clientId);
        if (client != null && contract.name().equals(client.getAttribute(MADE_FOR))) {
            new ClientManager(new RealmManager(session)).removeClient(realm, client);
            administrator.tell(OperationType.DELETE, ResourceType.CLIENT.name(), "", "clients", client.getId());
        }
    }
}
