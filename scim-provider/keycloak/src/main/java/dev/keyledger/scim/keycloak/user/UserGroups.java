package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.AnyOf;
import dev.keyledger.scim.resource.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.UserModel;

/**
 * Reads the values of {@code groups}: the groups that users are members of ({@code direct}), and those that these groups are in
 * ({@code indirect}), RFC 7643 section 4.1.2. One statement for the memberships of all, and one for each level above them.
 */
final class UserGroups {
    private final EntityManager entities;
    private final Sight sight;
    private final String baseUri;

    UserGroups(EntityManager entities, Sight sight, String baseUri) {
        this.sight = sight;
        this.entities = entities;
        this.baseUri = baseUri;
    }

    /** The values for these users, by user id; direct ones first. */
    Map<String, List<ObjectNode>> of(Collection<String> userIds) {
        Map<String, List<Group>> direct = new HashMap<>();
        Map<String, Group> known = new HashMap<>();
        if (!userIds.isEmpty()) {
            AnyOf users = AnyOf.of(userIds);
            ofType("select g.id, g.name, g.parentId, m.user.id from UserGroupMembershipEntity m, GroupEntity g"
                            + " where g.id = m.groupId and g.type = :type and " + users.is("m.user.id")
                            + sight.groups("g.id"))
                    .setParameter(AnyOf.PARAMETER, users.value())
                    .getResultList()
                    .forEach(row -> direct.computeIfAbsent((String) row[3], id -> new ArrayList<>())
                            .add(remember(row, known)));
        }
        loadAncestors(known);
        Map<String, List<ObjectNode>> groups = new HashMap<>();
        direct.forEach((user, those) -> groups.put(user, values(those, known)));
        return groups;
    }

    /** The values for one user; out of Keycloak's cache, without a statement, if user and groups are. */
    List<ObjectNode> of(UserModel user) {
        if (sight.hidesGroups()) {
            return of(List.of(user.getId())).getOrDefault(user.getId(), List.of());
        }
        Map<String, Group> known = new HashMap<>();
        List<Group> direct = new ArrayList<>();
        user.getGroupsStream().filter(UserGroups::isOfRealm).forEach(group -> {
            direct.add(remember(row(group), known));
            for (GroupModel above = group.getParent(); above != null; above = above.getParent()) {
                remember(row(above), known);
            }
        });
        return values(direct, known);
    }

    private static boolean isOfRealm(GroupModel group) {
        return group.getType() == GroupModel.Type.REALM;
    }

    private static Object[] row(GroupModel group) {
        return new Object[] {group.getId(), group.getName(), group.getParentId()};
    }

    private void loadAncestors(Map<String, Group> known) {
        Set<String> above = parents(known.values(), known);
        while (!above.isEmpty()) {
            List<Group> found = new ArrayList<>();
            AnyOf ids = AnyOf.of(above);
            ofType("select g.id, g.name, g.parentId from GroupEntity g where " + ids.is("g.id") + " and g.type = :type"
                            + sight.groups("g.id"))
                    .setParameter(AnyOf.PARAMETER, ids.value())
                    .getResultList()
                    .forEach(row -> found.add(remember(row, known)));
            above = parents(found, known);
        }
    }

    private static Set<String> parents(Collection<Group> groups, Map<String, Group> known) {
        Set<String> parents = new LinkedHashSet<>();
        for (Group group : groups) {
            if (!group.parentId().isBlank() && !known.containsKey(group.parentId())) {
                parents.add(group.parentId());
            }
        }
        return parents;
    }

    private TypedQuery<Object[]> ofType(String query) {
        return entities.createQuery(query, Object[].class)
                .setParameter("type", sight.groupType().intValue());
    }

    private static Group remember(Object[] row, Map<String, Group> known) {
        return known.computeIfAbsent(
                (String) row[0], id -> new Group(id, (String) row[1], row[2] == null ? "" : (String) row[2]));
    }

    /** In one order, whoever read them: a version follows from it. */
    private List<ObjectNode> values(List<Group> memberships, Map<String, Group> known) {
        List<Group> direct = new ArrayList<>(memberships);
        direct.sort(Comparator.comparing(Group::name).thenComparing(Group::id));
        List<ObjectNode> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Group group : direct) {
            seen.add(group.id());
            values.add(value(group, "direct"));
        }
        for (Group group : direct) {
            @Nullable Group above = known.get(group.parentId());
            while (above != null && seen.add(above.id())) {
                values.add(value(above, "indirect"));
                above = known.get(above.parentId());
            }
        }
        return values;
    }

    private ObjectNode value(Group group, String type) {
        return Json.object()
                .put("value", group.id())
                .put("$ref", baseUri + "/Groups/" + group.id())
                .put("display", group.name())
                .put("type", type);
    }

    /** A group and the one above it; {@code parentId} is blank at the top level. */
    private record Group(String id, String name, String parentId) {}
}
