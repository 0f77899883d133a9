package dev.keyledger.scim.keycloak.modified;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.GroupRoleMappingEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;

/**
 * Sees every row that Hibernate writes, and notes which user or group it is of.
 *
 * <p>A membership is of the group, as it is in SCIM; a group that moves changes the members of its parents and not itself. What
 * a login writes (counters of one-time codes, the time before which sessions are void) is no change. A row that comes with a
 * time of change, be it new or touched by SCIM, is left at that.
 */
final class RowListener
        implements PostInsertEventListener,
                PostUpdateEventListener,
                PostDeleteEventListener,
                PostCollectionUpdateEventListener {
    private static final String MODIFIED = "lastModifiedTimestamp";
    private static final String PARENT = "parentId";
    private static final Set<String> OF_SESSIONS = Set.of("notBefore");

    private final InstantSource clock;

    RowListener(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        comesOrGoes(event.getSession(), event.getEntity());
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        comesOrGoes(event.getSession(), event.getEntity());
    }

    private void comesOrGoes(SharedSessionContractImplementor session, Object row) {
        if (row instanceof UserEntity user) {
            note(session, touches -> touches.settle(user.getId()));
        } else if (row instanceof GroupEntity group) {
            note(session, touches -> {
                touches.settle(group.getId());
                touches.group(group.getParentId());
            });
        } else {
            part(session, row);
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        if (event.getEntity() instanceof UserEntity user) {
            Set<String> changed = changed(event);
            changed.removeAll(OF_SESSIONS);
            note(event.getSession(), touches -> {
                if (changed.contains(MODIFIED)) {
                    touches.settle(user.getId());
                } else if (!changed.isEmpty()) {
                    touches.user(user.getId());
                }
            });
        } else if (event.getEntity() instanceof GroupEntity group) {
            note(event.getSession(), touches -> group(event, group.getId(), touches));
        } else {
            part(event.getSession(), event.getEntity());
        }
    }

    private static void group(PostUpdateEvent event, String id, Touches touches) {
        Set<String> changed = changed(event);
        if (changed.remove(PARENT)) {
            int parent = List.of(event.getPersister().getPropertyNames()).indexOf(PARENT);
            touches.group(String.valueOf(event.getOldState()[parent]));
            touches.group(String.valueOf(event.getState()[parent]));
        }
        if (changed.contains(MODIFIED)) {
            touches.settle(id);
        } else if (!changed.isEmpty()) {
            touches.group(id);
        }
    }

    /** Keycloak removes attributes by statements, and then from the collection. */
    @Override
    public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
        if (event.getCollection().getRole() == null
                || !event.getCollection().getRole().endsWith(".attributes")) {
            return;
        }
        if (event.getAffectedOwnerOrNull() instanceof UserEntity user) {
            note(event.getSession(), touches -> touches.user(user.getId()));
        } else if (event.getAffectedOwnerOrNull() instanceof GroupEntity group) {
            note(event.getSession(), touches -> touches.group(group.getId()));
        }
    }

    private void part(SharedSessionContractImplementor session, Object row) {
        if (row instanceof UserGroupMembershipEntity membership) {
            note(session, touches -> touches.group(membership.getGroupId()));
        } else if (row instanceof UserAttributeEntity attribute) {
            note(session, touches -> touches.user(attribute.getUser().getId()));
        } else if (row instanceof UserRoleMappingEntity mapping) {
            note(session, touches -> touches.user(mapping.getUser().getId()));
        } else if (row instanceof CredentialEntity credential
                && PasswordCredentialModel.TYPE.equals(credential.getType())) {
            note(session, touches -> touches.user(credential.getUser().getId()));
        } else if (row instanceof GroupAttributeEntity attribute) {
            note(session, touches -> touches.group(attribute.getGroup().getId()));
        } else if (row instanceof GroupRoleMappingEntity mapping) {
            note(session, touches -> touches.group(mapping.getGroup().getId()));
        }
    }

    private static Set<String> changed(PostUpdateEvent event) {
        Set<String> names = new HashSet<>();
        int[] dirty = event.getDirtyProperties();
        String[] all = event.getPersister().getPropertyNames();
        for (int i = 0; i < all.length; i++) {
            if (dirty == null || contains(dirty, i)) {
                names.add(all[i]);
            }
        }
        return names;
    }

    private static boolean contains(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }

    private void note(SharedSessionContractImplementor session, Consumer<Touches> change) {
        Touches.note(session, clock, change);
    }
}
