package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.AnyOf;
import dev.keyledger.scim.keycloak.query.RowLock;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.resource.Version;
import dev.keyledger.scim.schema.CoreSchemas;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * Reads groups past Keycloak's cache, which does not hear of every change of a group's time, a page with a fixed number of
 * statements.
 *
 * <p>The version of a group follows from its name, its external id and the time of its last change, which never stands still
 * when the group or its membership changes: it is known without reading who the members are.
 */
final class GroupReader {
    private final EntityManager entities;
    private final String realmId;
    private final Sight sight;
    private final String externalIdAttribute;

    /** @param externalIdAttribute the groups' attribute that keeps the connection's {@code externalId}s */
    GroupReader(EntityManager entities, String realmId, Sight sight, String externalIdAttribute) {
        this.entities = entities;
        this.sight = sight;
        this.externalIdAttribute = externalIdAttribute;
        this.realmId = realmId;
    }

    /** The group of that id; empty if there is none for this connection in this realm, or if it is of the other type. */
    Optional<GroupEntity> find(String id) {
        return Optional.ofNullable(entities.find(GroupEntity.class, id))
                .filter(this::isOurs)
                .filter(this::isThere);
    }

    /** The same, locked until the transaction ends, and as it is once the lock was got. */
    Optional<GroupEntity> lock(String id) {
        return lockAny(id).filter(this::isThere);
    }

    /** The same, even if it is not there for this connection. */
    Optional<GroupEntity> lockAny(String id) {
        return RowLock.take(entities, GroupEntity.class, id).filter(this::isOurs);
    }

    private boolean isThere(GroupEntity group) {
        return sight.hasGroup(entities, group.getId());
    }

    private boolean isOurs(GroupEntity group) {
        return realmId.equals(group.getRealm())
                && group.getType() == sight.groupType().intValue();
    }

    /** The resource of that group without its members. */
    Resource resource(GroupEntity group) {
        return resources(List.of(group), Map.of()).get(0);
    }

    /** The same of a group whose external id is known. */
    static Resource resource(GroupEntity group, @Nullable String externalId) {
        return resource(group, externalId, null);
    }

    /** What Keycloak's cache knows of a group: no times, no version, no members. */
    Resource resource(GroupModel group) {
        return Resource.of(identity(group.getId(), group.getFirstAttribute(externalIdAttribute), group.getName()));
    }

    /** The resources of these groups, in their order, with the members in {@code members} by group id. */
    List<Resource> resources(List<GroupEntity> groups, Map<String, ArrayNode> members) {
        Map<String, String> externalIds =
                externalIds(groups.stream().map(GroupEntity::getId).toList());
        return groups.stream()
                .map(group -> resource(group, externalIds.get(group.getId()), members.get(group.getId())))
                .toList();
    }

    private Map<String, String> externalIds(List<String> groupIds) {
        Map<String, String> externalIds = new HashMap<>();
        if (groupIds.isEmpty()) {
            return externalIds;
        }
        AnyOf groups = AnyOf.of(groupIds);
        List<Object[]> rows = entities.createQuery(
                        "select a.group.id, a.value from GroupAttributeEntity a" + " where " + groups.is("a.group.id")
                                + " and a.name = :name order by a.id",
                        Object[].class)
                .setParameter(AnyOf.PARAMETER, groups.value())
                .setParameter("name", externalIdAttribute)
                .getResultList();
        rows.forEach(row -> externalIds.putIfAbsent((String) row[0], (String) row[1]));
        return externalIds;
    }

    private static Resource resource(GroupEntity group, @Nullable String externalId, @Nullable ArrayNode members) {
        ObjectNode json = identity(group.getId(), externalId, group.getName());
        if (members != null && !members.isEmpty()) {
            json.set("members", members);
        }
        Long created = group.getCreatedTimestamp();
        Long modified = group.getLastModifiedTimestamp();
        Version version = Version.ofText(group.getName() + '\n' + externalId + '\n' + modified);
        Instant at = instant(modified == null ? created : modified);
        json.set("meta", new Meta("Group", instant(created), at, null, version).toJson());
        return Resource.of(json);
    }

    private static ObjectNode identity(String id, @Nullable String externalId, String name) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(CoreSchemas.GROUP_URN);
        json.put("id", id);
        if (externalId != null) {
            json.put(GroupStore.EXTERNAL_ID, externalId);
        }
        json.put("displayName", name);
        return json;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
