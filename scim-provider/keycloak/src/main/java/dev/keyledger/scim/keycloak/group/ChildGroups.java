package dev.keyledger.scim.keycloak.group;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * Groups as members of groups. A group of Keycloak has one parent or stands at the top level, of the realm or of its
 * organization: the members of type Group are the children of a group, one that is added comes from the top level, and one that
 * is removed goes back there.
 *
 * <p>Whoever moves groups holds the locks of all that the new place depends on, the ancestors' too: two moves that together
 * would make a circle do not both happen.
 */
final class ChildGroups {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final EntityManager entities;
    private final GroupReader groups;

    ChildGroups(KeycloakSession session, Connection connection, EntityManager entities, GroupReader groups) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.entities = entities;
        this.groups = groups;
    }

    /** Makes these groups, none of which is a member, members of {@code parent}, and returns them. */
    List<Member> adopt(GroupModel parent, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        connection.rights().requireManage(parent);
        Set<String> above = lockedAncestors(parent.getId());
        List<Member> adopted = new ArrayList<>();
        for (String id : new TreeSet<>(ids)) {
            if (above.contains(id)) {
                throw ScimException.invalidValue("group " + ScimException.quoted(id)
                        + " cannot be a member of itself or of a group among its own members");
            }
            GroupEntity child = groups.lock(id)
                    .orElseThrow(() -> ScimException.invalidValue(
                            "no user or group has the id " + ScimException.quoted(id) + ", want ids of members"));
            if (!connection.sight().topGroupId().equals(child.getParentId())) {
                throw ScimException.invalidValue("group " + ScimException.quoted(id)
                        + " is a member of another group, and can be in one only; remove it there first");
            }
            move(child, parent);
            adopted.add(new Member(Member.Type.GROUP, id, child.getName()));
        }
        return adopted;
    }

    /** Moves these members of {@code parent} to the top level, and returns them. */
    List<Member> release(GroupModel parent, Collection<String> ids) {
        return release(parent, ids, groups::lock);
    }

    /** The same of a group that is about to be deleted, also of those that are not there for this connection. */
    List<Member> releaseAny(GroupModel parent, Collection<String> ids) {
        return release(parent, ids, groups::lockAny);
    }

    private List<Member> release(
            GroupModel parent, Collection<String> ids, Function<String, Optional<GroupEntity>> lock) {
        if (ids.isEmpty()) {
            return List.of();
        }
        connection.rights().requireManage(parent);
        List<Member> released = new ArrayList<>();
        for (String id : new TreeSet<>(ids)) {
            lock.apply(id)
                    .filter(child -> parent.getId().equals(child.getParentId()))
                    .ifPresent(child -> {
                        move(child, connection.sight().topGroup());
                        released.add(new Member(Member.Type.GROUP, id, child.getName()));
                    });
        }
        return released;
    }

    /** Refuses a name that a group of the top level has already. */
    void requireFree(String name) {
        requireFree(connection.sight().topGroupId(), name);
    }

    /** Refuses a name that a group of that parent has already. */
    void requireFree(String parentId, String name) {
        boolean taken = !entities.createQuery(
                        "select g.id from GroupEntity g where g.realm = :realm and g.parentId = :parent and g.name = :name",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("parent", parentId)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw ScimException.uniqueness("another group "
                    + (parentId.equals(connection.sight().topGroupId()) ? "of the top level" : "of the same parent")
                    + " has the displayName " + ScimException.quoted(name));
        }
    }

    /** @param parent null for the top level of the realm */
    private void move(GroupEntity child, @Nullable GroupModel parent) {
        requireFree(parent == null ? connection.sight().topGroupId() : parent.getId(), child.getName());
        GroupModel model = session.groups().getGroupById(realm, child.getId());
        if (model == null) {
            throw new IllegalStateException("group " + child.getId() + " is locked and gone");
        }
        connection.rights().requireManage(model);
        session.groups().moveGroup(realm, model, parent);
    }

    /** The group itself and all above it. */
    private Set<String> lockedAncestors(String id) {
        Set<String> above = new HashSet<>();
        Optional<GroupEntity> group = groups.lockAny(id);
        while (group.isPresent() && above.add(group.get().getId())) {
            String parentId = group.get().getParentId();
            group = connection.sight().topGroupId().equals(parentId) ? Optional.empty() : groups.lockAny(parentId);
        }
        return above;
    }
}
