package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.common.Profile;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientScopeProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.RoleModel;
import org.keycloak.models.RoleProvider;
import org.keycloak.models.ScopeContainerModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Reads the state of users, groups, roles, clients, client scopes and realm settings through Keycloak's local storage, past every
 * cache: one session sees what its own transaction has changed, a new one what is committed. The one place of this
 * module that depends on what differs between Keycloak versions.
 */
final class ModelSnapshots {
    /** Of these a realm has one, which needs no name. */
    private static final Set<String> OF_REALM = Set.of(Target.REALM, Target.USER_PROFILE, Target.CLIENT_POLICIES);

    private static final Set<String> TYPES = Set.of(
            Target.USER,
            Target.GROUP,
            Target.ROLE,
            Target.CLIENT,
            Target.CLIENT_SCOPE,
            Target.REALM,
            Target.USER_PROFILE);

    private final ObjectMapper mapper;
    private final ConfigurationSnapshots configuration;

    ModelSnapshots(ObjectMapper mapper) {
        this.mapper = mapper;
        this.configuration = new ConfigurationSnapshots(mapper);
    }

    /** Whether there is a state to read of things of this type. */
    static boolean reads(String type) {
        return TYPES.contains(type) || ConfigurationSnapshots.reads(type);
    }

    /**
     * Makes what a later {@link #read} needs and what enlists itself with the session's transaction, which it cannot do
     * any more while that commits. Reads nothing.
     */
    void prepare(KeycloakSession session, Target target) {
        session.realms();
        session.users();
        if (target.type().equals(Target.CLIENT) && Profile.isFeatureEnabled(Profile.Feature.AUTHORIZATION)) {
            session.getProvider(AuthorizationProvider.class).getStoreFactory();
        }
        configuration.prepare(session, target);
    }

    /** Reads the target's state; empty when it does not exist in this session's eyes. */
    Optional<Snapshot> read(KeycloakSession session, String realmId, Target target) {
        return read(session, realmId, target, null);
    }

    /**
     * Reads the state of what this session's transaction has created, if {@code known} is given: a user's roles, groups
     * and credentials then cost no query.
     */
    Optional<Snapshot> read(KeycloakSession session, String realmId, Target target, @Nullable CreatedUser known) {
        // Only what is looked at is read past the cache; whose it is the cache knows.
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        if (session.getContext().getRealm() == null) {
            session.getContext().setRealm(realm);
        }
        if (target.id() == null && target.name() == null && !OF_REALM.contains(target.type())) {
            // a group that moves to the top level: its id is in the event's representation only
            return Optional.empty();
        }
        if (ConfigurationSnapshots.reads(target.type())) {
            RealmModel stored = session.getProvider(RealmProvider.class).getRealm(realmId);
            return stored == null ? Optional.empty() : configuration.read(session, stored, target);
        }
        return switch (target.type()) {
            case Target.USER -> user(session, realm, target, known);
            case Target.GROUP -> group(session, realm, target);
            case Target.ROLE -> role(session, realm, target);
            case Target.CLIENT -> client(session, realm, target);
            case Target.CLIENT_SCOPE -> clientScope(session, realm, target);
            case Target.REALM -> realm(session, target);
            case Target.USER_PROFILE -> userProfile(session, realm);
            default -> Optional.empty();
        };
    }

    private Optional<Snapshot> user(
            KeycloakSession session, RealmModel realm, Target target, @Nullable CreatedUser known) {
        if (!StorageId.isLocalStorage(target.id())) {
            // It lives in another system, which is not to be asked for the sake of an entry.
            return Optional.empty();
        }
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
        putSorted(json, "groups", known == null ? groups(user) : known.groups());
        putSorted(json, "roles", known == null ? roles(user) : known.roles());
        List<CredentialModel> credentials = known == null || known.credentials() == null
                ? user.credentialManager().getStoredCredentialsStream().toList()
                : known.credentials();
        putSorted(
                json,
                "credentialTypes",
                credentials.stream().map(CredentialModel::getType).toList());
        putSorted(
                json,
                "credentialsCreated",
                credentials.stream().map(ModelSnapshots::creation).toList());
        putSorted(
                json,
                "labels",
                credentials.stream()
                        .filter(credential -> credential.getUserLabel() != null)
                        .map(credential -> credential.getType() + ": " + credential.getUserLabel())
                        .toList());
        json.put(
                "preferred",
                credentials.stream().map(CredentialModel::getType).distinct().collect(Collectors.joining(", ")));
        ObjectNode attributes = json.putObject("attributes");
        Map<String, ? extends Collection<String>> all = user.getAttributes();
        new TreeMap<>(all).forEach((name, values) -> {
            if (!json.has(name)) {
                putAll(attributes, name, values);
            }
        });
        return Optional.of(new Snapshot(user.getId(), user.getUsername(), Flattening.flatten(json)));
    }

    private static List<String> groups(UserModel user) {
        return user.getGroupsStream().map(ModelToRepresentation::buildGroupPath).toList();
    }

    private static List<String> roles(UserModel user) {
        return user.getRoleMappingsStream().map(ModelSnapshots::roleName).toList();
    }

    private Optional<Snapshot> group(KeycloakSession session, RealmModel realm, Target target) {
        GroupModel group = session.getProvider(GroupProvider.class).getGroupById(realm, target.id());
        return group == null
                ? Optional.empty()
                : Optional.of(
                        snapshot(group.getId(), group.getName(), ModelToRepresentation.toRepresentation(group, true)));
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
        return Optional.of(new Snapshot(role.getId(), role.getName(), Flattening.flatten(json)));
    }

    private Optional<Snapshot> client(KeycloakSession session, RealmModel realm, Target target) {
        ClientProvider clients = session.getProvider(ClientProvider.class);
        ClientModel client = target.id() != null
                ? clients.getClientById(realm, target.id())
                : clients.getClientByClientId(realm, target.name());
        if (client == null) {
            return Optional.empty();
        }
        ObjectNode json = mapper.valueToTree(ModelToRepresentation.toRepresentation(client, session));
        putScopeMappings(json, client);
        return Optional.of(new Snapshot(client.getId(), client.getClientId(), Flattening.flatten(json)));
    }

    private Optional<Snapshot> clientScope(KeycloakSession session, RealmModel realm, Target target) {
        ClientScopeModel scope = session.getProvider(ClientScopeProvider.class).getClientScopeById(realm, target.id());
        if (scope == null) {
            return Optional.empty();
        }
        ObjectNode json = mapper.valueToTree(ModelToRepresentation.toRepresentation(scope));
        putScopeMappings(json, scope);
        return Optional.of(new Snapshot(scope.getId(), scope.getName(), Flattening.flatten(json)));
    }

    /** Any realm, not only the one whose log it is told in: a realm that comes or goes is told in the admin's. */
    private Optional<Snapshot> realm(KeycloakSession session, Target target) {
        RealmProvider realms = session.getProvider(RealmProvider.class);
        RealmModel realm = target.id() != null ? realms.getRealm(target.id()) : realms.getRealmByName(target.name());
        return realm == null
                ? Optional.empty()
                : Optional.of(snapshot(
                        realm.getId(), realm.getName(), ModelToRepresentation.toRepresentation(session, realm, false)));
    }

    /** Keycloak knows the user profile only of the realm that the session is about. */
    private Optional<Snapshot> userProfile(KeycloakSession session, RealmModel realm) {
        return session.getContext().getRealm().getId().equals(realm.getId())
                ? Optional.of(snapshot(
                        null,
                        null,
                        session.getProvider(UserProfileProvider.class).getConfiguration()))
                : Optional.empty();
    }

    private Snapshot snapshot(@Nullable String id, @Nullable String name, Object representation) {
        return new Snapshot(id, name, Flattening.flatten(mapper.valueToTree(representation)));
    }

    private static void putScopeMappings(ObjectNode json, ScopeContainerModel container) {
        putSorted(
                json,
                "scopeMappings",
                container.getScopeMappingsStream().map(ModelSnapshots::roleName).toList());
    }

    /** A credential that is replaced has the same type, and another moment of creation. */
    private static String creation(CredentialModel credential) {
        Long created = credential.getCreatedDate();
        return credential.getType() + " " + (created == null ? "?" : Instant.ofEpochMilli(created));
    }

    /** A client's roles bear its name. */
    static String roleName(RoleModel role) {
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
