package dev.keyledger.scim.keycloak.group;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.query.AnyOf;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.utils.ReadOnlyUserModelDelegate;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.storage.UserStorageUtil;

/**
 * Users join and leave a group, many at a time: rows are written in batches, and then Keycloak hears of each user what it would
 * have heard had the user been added alone, its event and that the user's cached state is void.
 *
 * <p>Users who come from a directory, or who may not be changed, go through their model, which knows what is to be done.
 */
final class UserMemberships {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final EntityManager entities;

    UserMemberships(KeycloakSession session, Connection connection, EntityManager entities) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.entities = entities;
    }

    /** Makes these users, none of whom is a member, members. */
    void join(GroupModel group, List<UserEntity> users) {
        Members.inBatches(users, batch -> {
            List<UserModel> joined = new ArrayList<>();
            List<UserGroupMembershipEntity> rows = new ArrayList<>();
            models(batch).forEach((user, model) -> {
                if (isPlain(user, model)) {
                    rows.add(row(user, group));
                    joined.add(model);
                } else {
                    model.joinGroup(group);
                }
            });
            rows.forEach(entities::persist);
            entities.flush();
            rows.forEach(entities::detach);
            joined.forEach(user -> {
                evict(user);
                GroupModel.GroupMemberJoinEvent.fire(group, user, session);
            });
        });
    }

    /** Ends the membership of these users. */
    void leave(GroupModel group, List<UserEntity> users) {
        Members.inBatches(users, batch -> {
            Map<String, UserModel> leaving = new LinkedHashMap<>();
            models(batch).forEach((user, model) -> {
                if (isPlain(user, model)) {
                    leaving.put(user.getId(), model);
                } else {
                    model.leaveGroup(group);
                }
            });
            if (leaving.isEmpty()) {
                return;
            }
            AnyOf ids = AnyOf.of(leaving.keySet());
            int left = entities.createQuery("delete from UserGroupMembershipEntity m where m.groupId = :group and "
                            + ids.is("m.user.id"))
                    .setParameter("group", group.getId())
                    .setParameter(AnyOf.PARAMETER, ids.value())
                    .executeUpdate();
            if (left != leaving.size()) {
                throw new OptimisticLockException(
                        "got " + left + " members removed, want " + leaving.size() + ": another request was faster");
            }
            leaving.values().forEach(user -> {
                evict(user);
                GroupModel.GroupMemberLeaveEvent.fire(group, user, session);
            });
        });
    }

    /** The rows are in the session already, so that no model costs a statement. */
    private Map<UserEntity, UserModel> models(List<UserEntity> users) {
        Map<UserEntity, UserModel> models = new LinkedHashMap<>();
        for (UserEntity user : users) {
            UserModel model = session.users().getUserById(realm, user.getId());
            if (model == null) {
                throw ScimException.invalidValue("user " + user.getId() + " is gone from its directory");
            }
            connection.rights().requireManageMembership(model);
            models.put(user, model);
        }
        return models;
    }

    private static boolean isPlain(UserEntity user, UserModel model) {
        return user.getFederationLink() == null && !(model instanceof ReadOnlyUserModelDelegate);
    }

    private static UserGroupMembershipEntity row(UserEntity user, GroupModel group) {
        UserGroupMembershipEntity row = new UserGroupMembershipEntity();
        row.setUser(user);
        row.setGroupId(group.getId());
        row.setMembershipType(MembershipType.UNMANAGED);
        return row;
    }

    private void evict(UserModel user) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }
}
