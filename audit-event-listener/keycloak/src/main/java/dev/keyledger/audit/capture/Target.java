package dev.keyledger.audit.capture;

import org.jspecify.annotations.Nullable;

/**
 * What an event is about.
 *
 * @param type USER, GROUP, ROLE, CLIENT, REALM, or the resource type of anything else
 * @param id null when the event knows it by its name only
 * @param parentId the client of a client role; null otherwise
 * @param path the admin event's resource path
 */
public record Target(
        String type,
        @Nullable String id,
        @Nullable String name,
        @Nullable String parentId,
        @Nullable String path) {
    static final String USER = "USER";
    static final String GROUP = "GROUP";
    static final String ROLE = "ROLE";
    static final String CLIENT = "CLIENT";
    static final String CLIENT_SCOPE = "CLIENT_SCOPE";
    static final String REALM = "REALM";
    static final String USER_PROFILE = "USER_PROFILE";

    /** A user of whom no path is known. */
    static Target user(@Nullable String id, @Nullable String name) {
        return new Target(USER, id, name, null, null);
    }

    Target named(@Nullable String newName) {
        return new Target(type, id, newName, parentId, path);
    }

    /** The same with the id and the name of what was found. */
    Target found(Snapshot snapshot) {
        return new Target(
                type,
                snapshot.id() == null ? id : snapshot.id(),
                snapshot.name() == null ? name : snapshot.name(),
                parentId,
                path);
    }
}
