package dev.keyledger.scim.keycloak.server;

import org.jspecify.annotations.Nullable;
import org.keycloak.common.Profile;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * The calls into Keycloak that not every supported version has. Thread-safe, without state.
 *
 * <p>Written against 26.7. Users and groups of older versions carry no time of their last change, and have no SCIM of their
 * own that could be in the way.
 */
public final class KeycloakVersion {
    private KeycloakVersion() {}

    /** Whether Keycloak's own SCIM preview is on, whose place at {@code /realms/{realm}/scim} this provider takes. */
    public static boolean nativeScimIsOn() {
        return Profile.isFeatureEnabled(Profile.Feature.SCIM_API);
    }

    /** Whether the user holds an administration role, so that who changes the user may become an administrator. */
    public static boolean isAdmin(KeycloakSession session, UserModel user) {
        return session.getContext().getPermissions().isAdminUser(user);
    }

    /** Whether the group's members hold an administration role. */
    public static boolean isAdmin(KeycloakSession session, GroupModel group) {
        return session.getContext().getPermissions().isAdminGroup(group);
    }

    /** When the user last changed, in epoch milliseconds, or null if nobody recorded it. */
    public static @Nullable Long lastModified(UserModel user) {
        return user.getLastModifiedTimestamp();
    }

    /** Records that the user has not changed since its creation: the two times are the same (RFC 7643 section 3.1). */
    public static void neverModified(UserModel user) {
        Long created = user.getCreatedTimestamp();
        if (created != null) {
            user.setLastModifiedTimestamp(created);
        }
    }

    /** Records that the user changed at that time, or a millisecond after the last change if that is later. */
    public static void touch(UserModel user, long epochMillis) {
        user.setLastModifiedTimestamp(later(user.getLastModifiedTimestamp(), epochMillis));
    }

    /**
     * Records that the group changed at that time, or a millisecond after the last change if that is later. In its row only:
     * through its model all nodes would drop the group from their caches, each time somebody joins.
     */
    public static void touch(GroupEntity group, long epochMillis) {
        group.setLastModifiedTimestamp(later(group.getLastModifiedTimestamp(), epochMillis));
    }

    private static long later(@Nullable Long last, long now) {
        return last == null ? now : Math.max(now, last + 1);
    }
}
