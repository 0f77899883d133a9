package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Gives and takes away the roles that {@code roles} and {@code entitlements} name, as far as the client may map them.
 *
 * <p>Names compare exactly. The role that every user of the realm has by default is none of SCIM's.
 */
final class RoleMappings implements RoleElements.Roles {
    private static final int MAX_SLASHES = 16;

    private final RealmModel realm;
    private final Connection connection;
    /** What was looked for; a request asks for each value several times, and once it has written each question costs a flush. */
    private final Map<List<String>, Optional<String>> found = new HashMap<>();

    RoleMappings(RealmModel realm, Connection connection) {
        this.realm = realm;
        this.connection = connection;
    }

    @Override
    public Optional<String> find(String attribute, String value) {
        return found.computeIfAbsent(List.of(attribute, value), asked -> look(attribute, value));
    }

    private Optional<String> look(String attribute, String value) {
        RoleModel role = attribute.equals(RoleElements.ROLES) ? realm.getRole(value) : clientRole(value);
        return Optional.ofNullable(role).filter(this::isOwn).map(RoleModel::getId);
    }

    /** Client ids and role names may have slashes, {@value #MAX_SLASHES} at most; the longest client id that there is counts. */
    private @Nullable RoleModel clientRole(String value) {
        if (value.chars().filter(c -> c == '/').count() > MAX_SLASHES) {
            return null;
        }
        for (int slash = value.lastIndexOf('/'); slash > 0; slash = value.lastIndexOf('/', slash - 1)) {
            ClientModel client = realm.getClientByClientId(value.substring(0, slash));
            RoleModel role = client == null ? null : client.getRole(value.substring(slash + 1));
            if (role != null) {
                return role;
            }
        }
        return null;
    }

    /** Makes the user have exactly those of {@code roles} that the attribute of the resource names. */
    void assign(UserModel user, String attribute, Resource resource, RoleElements.Roles roles) {
        Set<String> wanted = new HashSet<>();
        JsonNode values = resource.get(attribute);
        StoredElements.objects(values == null ? Json.array() : values)
                .forEach(element -> Optional.ofNullable(Json.get(element, "value"))
                        .flatMap(value -> roles.find(attribute, value.asText()))
                        .ifPresent(wanted::add));
        List<RoleModel> mapped = user.getRoleMappingsStream()
                .filter(role -> role.isClientRole() == attribute.equals(RoleElements.ENTITLEMENTS))
                .filter(this::isOwn)
                .toList();
        for (RoleModel role : mapped) {
            if (!wanted.remove(role.getId())) {
                connection.rights().requireMap(role);
                user.deleteRoleMapping(role);
            }
        }
        for (String id : wanted) {
            RoleModel role = realm.getRoleById(id);
            connection.rights().requireMap(role);
            user.grantRole(role);
        }
    }

    private boolean isOwn(RoleModel role) {
        return !role.getId().equals(realm.getDefaultRole().getId());
    }
}
