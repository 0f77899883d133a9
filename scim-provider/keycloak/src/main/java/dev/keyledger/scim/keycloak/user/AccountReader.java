package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.AnyOf;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;

/** Reads accounts and memberships, those of a whole page with one statement each. */
final class AccountReader {
    private final RealmModel realm;
    private final EntityManager entities;
    private final UserGroups groups;

    AccountReader(RealmModel realm, EntityManager entities, Sight sight, String baseUri) {
        this.realm = realm;
        this.entities = entities;
        this.groups = new UserGroups(entities, sight, baseUri);
    }

    /** The account of one user; out of Keycloak's cache, without a statement, if the user is. */
    Account read(UserModel user) {
        return read(user, roles(user));
    }

    /** The account of one user whose roles are known. */
    static Account read(UserModel user, List<RoleElements.Mapping> roles) {
        return new Account(
                user.getId(),
                user.isEnabled(),
                user.getCreatedTimestamp(),
                KeycloakVersion.lastModified(user),
                user.getAttributes(),
                roles);
    }

    /** A directory may add roles to its users that are not stored: those are not shown, as a page could not show them. */
    private List<RoleElements.Mapping> roles(UserModel user) {
        if (user.isFederated()) {
            return roles(List.of(user.getId())).getOrDefault(user.getId(), List.of());
        }
        String everybodys = realm.getDefaultRole().getId();
        return user.getRoleMappingsStream()
                .filter(role -> !role.getId().equals(everybodys))
                .map(role -> mapping(
                        role.getId(),
                        role.getName(),
                        role.getContainer() instanceof ClientModel client ? client.getClientId() : null))
                .toList();
    }

    private static RoleElements.Mapping mapping(String roleId, String name, @Nullable String clientId) {
        return clientId == null
                ? new RoleElements.Mapping(RoleElements.ROLES, roleId, name)
                : new RoleElements.Mapping(RoleElements.ENTITLEMENTS, roleId, clientId + "/" + name);
    }

    /** The accounts of these users, in their order, as far as that. */
    List<Account> read(List<UserEntity> users, AccountExtent extent) {
        List<String> ids = users.stream().map(UserEntity::getId).toList();
        Map<String, Map<String, List<String>>> attributes = attributes(ids, extent.names());
        Map<String, List<RoleElements.Mapping>> roles = extent.roles() ? roles(ids) : Map.of();
        return users.stream()
                .map(user -> read(
                        user,
                        attributes.getOrDefault(user.getId(), new HashMap<>()),
                        roles.getOrDefault(user.getId(), List.of())))
                .toList();
    }

    private Map<String, Map<String, List<String>>> attributes(List<String> userIds, @Nullable Set<String> names) {
        Map<String, Map<String, List<String>>> attributes = new HashMap<>();
        if (userIds.isEmpty() || (names != null && names.isEmpty())) {
            return attributes;
        }
        AnyOf users = AnyOf.of(userIds);
        TypedQuery<Object[]> query = entities.createQuery(
                        "select a.user.id, a.name, a.value, a.longValue from UserAttributeEntity a where "
                                + users.is("a.user.id") + " and "
                                + (names == null ? "a.name <> :lookup" : "a.name in :names"),
                        Object[].class)
                .setParameter(AnyOf.PARAMETER, users.value());
        if (names == null) {
            query.setParameter("lookup", Emails.LOOKUP);
        } else {
            query.setParameter("names", names);
        }
        for (Object[] row : query.getResultList()) {
            attributes
                    .computeIfAbsent((String) row[0], id -> new HashMap<>())
                    .computeIfAbsent((String) row[1], name -> new ArrayList<>())
                    .add((String) (row[2] != null ? row[2] : row[3]));
        }
        return attributes;
    }

    private static Account read(
            UserEntity user, Map<String, List<String>> attributes, List<RoleElements.Mapping> roles) {
        put(attributes, UserModel.USERNAME, user.getUsername());
        put(attributes, UserModel.EMAIL, user.getEmail());
        put(attributes, UserModel.FIRST_NAME, user.getFirstName());
        put(attributes, UserModel.LAST_NAME, user.getLastName());
        return new Account(
                user.getId(),
                user.isEnabled(),
                user.getCreatedTimestamp(),
                user.getLastModifiedTimestamp(),
                attributes,
                roles);
    }

    private static void put(Map<String, List<String>> attributes, String name, String value) {
        attributes.put(name, value == null ? List.of() : List.of(value));
    }

    private Map<String, List<RoleElements.Mapping>> roles(List<String> userIds) {
        Map<String, List<RoleElements.Mapping>> roles = new HashMap<>();
        if (userIds.isEmpty()) {
            return roles;
        }
        AnyOf users = AnyOf.of(userIds);
        List<Object[]> rows = entities.createQuery(
                        "select m.user.id, r.id, r.name, c.clientId from UserRoleMappingEntity m"
                                + " join RoleEntity r on r.id = m.roleId left join ClientEntity c on c.id = r.clientId"
                                + " join RealmEntity realm on realm.id = m.user.realmId"
                                + " where " + users.is("m.user.id") + " and r.id <> realm.defaultRoleId",
                        Object[].class)
                .setParameter(AnyOf.PARAMETER, users.value())
                .getResultList();
        for (Object[] row : rows) {
            roles.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                    .add(mapping((String) row[1], (String) row[2], (String) row[3]));
        }
        return roles;
    }

    /** The values of {@code groups} of these users, by user id. */
    Map<String, List<ObjectNode>> groups(Collection<String> userIds) {
        return groups.of(userIds);
    }

    /** The values of {@code groups} of one user, as {@link #read(UserModel)} reads the rest. */
    List<ObjectNode> groups(UserModel user) {
        return user.isFederated()
                ? groups(List.of(user.getId())).getOrDefault(user.getId(), List.of())
                : groups.of(user);
    }
}
