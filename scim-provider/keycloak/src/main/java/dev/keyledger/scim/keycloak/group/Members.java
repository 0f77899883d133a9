package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reads and changes who is in a group. Only {@link #of} and a replacement of all members read the whole membership. */
final class Members {
    private static final int BATCH = 500;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager entities;
    private final String baseUri;

    Members(KeycloakSession session, EntityManager entities, String baseUri) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.entities = entities;
        this.baseUri = baseUri;
    }

    /** The member objects of these groups, by group id. */
    Map<String, ArrayNode> of(Collection<String> groupIds) {
        Map<String, ArrayNode> members = new HashMap<>();
        if (groupIds.isEmpty()) {
            return members;
        }
        List<Object[]> rows = entities.createQuery(
                        "select m.groupId, u.id, u.username from UserGroupMembershipEntity m join m.user u"
                                + " where m.groupId in :ids order by u.username, u.id",
                        Object[].class)
                .setParameter("ids", groupIds)
                .getResultList();
        for (Object[] row : rows) {
            members.computeIfAbsent((String) row[0], id -> Json.array()).add(member((String) row[1], (String) row[2]));
        }
        return members;
    }

    /** How many users are in the group. */
    long count(String groupId) {
        return entities.createQuery(
                        "select count(m) from UserGroupMembershipEntity m where m.groupId = :id", Long.class)
                .setParameter("id", groupId)
                .getSingleResult();
    }

    /** Applies the delta and returns who really left ({@code before}) and joined ({@code after}), as the attribute members. */
    Change apply(GroupModel group, MembershipDelta delta) {
        Set<String> leaving = new LinkedHashSet<>();
        Set<String> joining = new LinkedHashSet<>(delta.added().keySet());
        if (delta.replacesAll()) {
            leaving.addAll(present(group.getId()));
            joining.removeAll(leaving);
            leaving.removeAll(delta.added().keySet());
        } else {
            leaving.addAll(present(group.getId(), delta.removed()));
            joining.removeAll(present(group.getId(), delta.added().keySet()));
        }
        ArrayNode left = Json.array();
        leaving.forEach(id -> leave(group, id, left));
        ArrayNode joined = Json.array();
        joining.forEach(id -> join(group, id, joined));
        Change change = Change.none();
        return left.isEmpty() && joined.isEmpty()
                ? change
                : change.with("members", left.isEmpty() ? null : left, joined.isEmpty() ? null : joined);
    }

    private void join(GroupModel group, String id, ArrayNode joined) {
        UserModel user = session.users().getUserById(realm, id);
        if (user == null || user.getServiceAccountClientLink() != null) {
            throw ScimException.invalidValue(
                    "no user has the id " + ScimException.quoted(id) + ", want ids of users as members");
        }
        user.joinGroup(group);
        joined.add(member(id, user.getUsername()));
    }

    private void leave(GroupModel group, String id, ArrayNode left) {
        UserModel user = session.users().getUserById(realm, id);
        if (user != null) {
            user.leaveGroup(group);
            left.add(member(id, user.getUsername()));
        }
    }

    private List<String> present(String groupId) {
        return entities.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :id", String.class)
                .setParameter("id", groupId)
                .getResultList();
    }

    private List<String> present(String groupId, Collection<String> candidates) {
        List<String> all = new ArrayList<>(candidates);
        List<String> present = new ArrayList<>();
        for (int at = 0; at < all.size(); at += BATCH) {
            present.addAll(entities.createQuery(
                            "select m.user.id from UserGroupMembershipEntity m"
                                    + " where m.groupId = :id and m.user.id in :users",
                            String.class)
                    .setParameter("id", groupId)
                    .setParameter("users", all.subList(at, Math.min(all.size(), at + BATCH)))
                    .getResultList());
        }
        return present;
    }

    private ObjectNode member(String id, String name) {
        return Json.object()
                .put("value", id)
                .put("$ref", baseUri + "/Users/" + id)
                .put("type", "User")
                .put("display", name);
    }
}
