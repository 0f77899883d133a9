package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.AnyOf;
import dev.keyledger.scim.resource.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Reads who is in groups: users by their memberships, groups by their parent. Nothing but {@link #of} and {@link #ids} reads
 * a whole membership, and every statement has an index to begin with.
 */
final class Members {
    private static final int BATCH = 500;

    private final EntityManager entities;
    private final String realmId;
    private final Sight sight;
    private final String baseUri;

    Members(EntityManager entities, String realmId, Sight sight, String baseUri) {
        this.entities = entities;
        this.sight = sight;
        this.realmId = realmId;
        this.baseUri = baseUri;
    }

    /** The member objects of these groups, by group id; two statements for each {@value #BATCH} groups. */
    Map<String, ArrayNode> of(Collection<String> groupIds) {
        Map<String, ArrayNode> members = new HashMap<>();
        inBatches(groupIds, batch -> {
            AnyOf groups = AnyOf.of(batch);
            collect(
                    Member.Type.USER,
                    entities.createQuery(
                                    "select m.groupId, u.id, u.username from UserGroupMembershipEntity m join m.user u"
                                            + " where " + groups.is("m.groupId")
                                            + " and u.serviceAccountClientLink is null"
                                            + sight.users("u.id")
                                            + " order by u.username, u.id",
                                    Object[].class)
                            .setParameter(AnyOf.PARAMETER, groups.value()),
                    members);
            collect(
                    Member.Type.GROUP,
                    entities.createQuery(
                                    "select c.parentId, c.id, c.name from GroupEntity c where c.realm = :realm and "
                                            + groups.is("c.parentId") + sight.groups("c.id")
                                            + " order by c.name, c.id",
                                    Object[].class)
                            .setParameter("realm", realmId)
                            .setParameter(AnyOf.PARAMETER, groups.value()),
                    members);
        });
        return members;
    }

    private void collect(Member.Type type, TypedQuery<Object[]> rows, Map<String, ArrayNode> into) {
        for (Object[] row : rows.getResultList()) {
            Member member = new Member(type, (String) row[1], (String) row[2]);
            into.computeIfAbsent((String) row[0], id -> Json.array()).add(member.toJson(baseUri));
        }
    }

    /** The ids of all groups in it, also of those that are not there for this connection. */
    Set<String> everyChild(String groupId) {
        String query = "select c.id from GroupEntity c where c.realm = :realm and c.parentId = :group";
        return new LinkedHashSet<>(ofGroup(Member.Type.GROUP, query, groupId).getResultList());
    }

    /** The ids of all members of that type. */
    Set<String> ids(Member.Type type, String groupId) {
        return new LinkedHashSet<>(all(type, groupId).getResultList());
    }

    /** Whether the group has more members than that; reads no more of them, and of a large group the one beyond it. */
    boolean areMoreThan(int limit, String groupId) {
        boolean beyond = !all(Member.Type.USER, groupId)
                .setFirstResult(limit)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
        if (beyond) {
            return true;
        }
        int seen = 0;
        for (Member.Type type : Member.Type.values()) {
            seen += all(type, groupId)
                    .setMaxResults(limit + 1 - seen)
                    .getResultList()
                    .size();
            if (seen > limit) {
                return true;
            }
        }
        return false;
    }

    private TypedQuery<String> all(Member.Type type, String groupId) {
        String query = type == Member.Type.USER
                ? "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group"
                        + sight.users("m.user.id")
                : "select c.id from GroupEntity c where c.realm = :realm and c.parentId = :group"
                        + sight.groups("c.id");
        return ofGroup(type, query, groupId);
    }

    /** Which of these ids are those of child groups. */
    Set<String> childIds(String groupId, Collection<String> candidates) {
        Set<String> present = new LinkedHashSet<>();
        inBatches(candidates, batch -> {
            AnyOf named = AnyOf.of(batch);
            String query = "select c.id from GroupEntity c where c.realm = :realm and c.parentId = :group and "
                    + named.is("c.id") + sight.groups("c.id");
            present.addAll(ofGroup(Member.Type.GROUP, query, groupId)
                    .setParameter(AnyOf.PARAMETER, named.value())
                    .getResultList());
        });
        return present;
    }

    private TypedQuery<String> ofGroup(Member.Type type, String query, String groupId) {
        TypedQuery<String> asked = entities.createQuery(query, String.class).setParameter("group", groupId);
        return type == Member.Type.GROUP ? asked.setParameter("realm", realmId) : asked;
    }

    /** The users of these ids that can be members, not those of services, and whether they are in the group. */
    Map<UserEntity, Boolean> users(String groupId, Collection<String> ids) {
        Map<UserEntity, Boolean> users = new LinkedHashMap<>();
        inBatches(ids, batch -> {
            AnyOf named = AnyOf.of(batch);
            entities.createQuery(
                            "select u, m.groupId from UserEntity u left join UserGroupMembershipEntity m"
                                    + " on m.user = u and m.groupId = :group where " + named.is("u.id")
                                    + " and u.realmId = :realm and u.serviceAccountClientLink is null"
                                    + sight.users("u.id") + " order by u.id",
                            Object[].class)
                    .setParameter("group", groupId)
                    .setParameter(AnyOf.PARAMETER, named.value())
                    .setParameter("realm", realmId)
                    .getResultList()
                    .forEach(row -> users.put((UserEntity) row[0], row[1] != null));
        });
        return users;
    }

    /** Hands the elements on, {@value #BATCH} at a time: databases take only so many parameters. */
    static <T> void inBatches(Collection<T> all, Consumer<List<T>> batch) {
        List<T> list = List.copyOf(all);
        for (int at = 0; at < list.size(); at += BATCH) {
            batch.accept(list.subList(at, Math.min(list.size(), at + BATCH)));
        }
    }
}
