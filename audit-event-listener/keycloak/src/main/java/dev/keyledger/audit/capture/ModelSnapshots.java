package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.RoleModel;
import org.keycloak.models.RoleProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * Reads the state of users, groups, roles, clients and realm settings through Keycloak's local storage, past every
 * cache: one session sees what its own transaction has changed, a new one what is committed. The one place of this
 * module that depends on what differs between Keycloak versions.
 */
final class ModelSnapshots {
    private final ObjectMapper mapper;

    ModelSnapshots(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Reads the target's state; empty when it does not exist in this session's eyes. */
    Optional<Snapshot> read(KeycloakSession session, String realmId, Target target) {
        RealmModel realm = session.getProvider(RealmProvider.class).getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        if (session.getContext().getRealm() == null) {
            session.getContext().setRealm(realm);
        }
        return switch (target.type()) {
            case Target.USER -> user(session, realm, target);
            case Target.GROUP -> group(session, realm, target);
            case Target.ROLE -> role(session, realm, target);
            case Target.CLIENT -> client(session, realm, target);
            case Target.REALM -> realm(session, realm);
            default -> Optional.empty();
        };
    }

    private Optional<Snapshot> user(KeycloakSession session, RealmModel realm, Target target) {
        UserModel user = UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, target.id());
        if (user == null) {
            return Optional.empty();
        }
        ObjectNode json = mapper.createObjectNode();
        put(json, "username", user.getUsername());
        put(json, "email", user.getEmail());
        put(json, "firstName", user.getFirstName());
        put(json, "lastName", user.getLastName());
        put(json, "federationLink", user.getFederationLink());
        json.put("enabled", user.isEnabled());
        json.put("emailVerified", user.isEmailVerified());
        putSorted(json, "requiredActions", user.getRequiredActionsStream().toList());
        putSorted(
                json,
                "groups",
                user.getGroupsStream()
                        .map(ModelToRepresentation::buildGroupPath)
                        .toList());
        putSorted(
                json,
                "roles",
                user.getRoleMappingsStream().map(ModelSnapshots::roleName).toList());
        putSorted(
                json,
                "credentialTypes",
                user.credentialManager()
                        .getStoredCredentialsStream()
                        .map(CredentialModel::getType)
                        .toList());
        ObjectNode attributes = json.putObject("attributes");
        Map<String, ? extends Collection<String>> all = user.getAttributes();
        new TreeMap<>(all).forEach((name, values) -> {
            if (!json.has(name)) {
                putAll(attributes, name, values);
            }
        });
        return Optional.of(new Snapshot(user.getUsername(), Flattening.flatten(json)));
    }

    private Optional<Snapshot> group(KeycloakSession session, RealmModel realm, Target target) {
        GroupModel group = session.getProvider(GroupProvider.class).getGroupById(realm, target.id());
        return group == null
                ? Optional.empty()
                : Optional.of(snapshot(group.getName(), ModelToRepresentation.toRepresentation(group, true)));
    }

    private Optional<Snapshot> role(KeycloakSession session, RealmModel realm, Target target) {
        RoleProvider roles = session.getProvider(RoleProvider.class);
        RoleModel role;
        if (target.id() != null) {
            role = roles.getRoleById(realm, target.id());
        } else if (target.parentId() != null) {
            ClientModel client = session.getProvider(ClientProvider.class).getClientById(realm, target.parentId());
            role = client == null ? null : roles.getClientRole(client, target.name());
        } else {
            role = roles.getRealmRole(realm, target.name());
        }
        if (role == null) {
            return Optional.empty();
        }
        ObjectNode json = mapper.valueToTree(ModelToRepresentation.toRepresentation(role));
        putSorted(
                json,
                "composites",
                role.getCompositesStream().map(ModelSnapshots::roleName).toList());
        return Optional.of(new Snapshot(role.getName(), Flattening.flatten(json)));
    }

    private Optional<Snapshot> client(KeycloakSession session, RealmModel realm, Target target) {
        ClientModel client = session.getProvider(ClientProvider.class).getClientById(realm, target.id());
        return client == null
                ? Optional.empty()
                : Optional.of(snapshot(client.getClientId(), ModelToRepresentation.toRepresentation(client, session)));
    }

    private Optional<Snapshot> realm(KeycloakSession session, RealmModel realm) {
        return Optional.of(snapshot(realm.getName(), ModelToRepresentation.toRepresentation(session, realm, false)));
    }

    private Snapshot snapshot(String name, Object representation) {
        return new Snapshot(name, Flattening.flatten(mapper.valueToTree(representation)));
    }

    private static String roleName(RoleModel role) {
        return role.getContainer() instanceof ClientModel client
                ? client.getClientId() + ":" + role.getName()
                : role.getName();
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putSorted(ObjectNode json, String name, Collection<String> values) {
        putAll(json, name, values.stream().sorted().toList());
    }

    private static void putAll(ObjectNode json, String name, @Nullable Collection<String> values) {
        ArrayNode array = json.putArray(name);
        if (values != null) {
            values.forEach(array::add);
        }
    }
}
