package dev.keyledger.audit.capture;

import org.jspecify.annotations.Nullable;

/**
 * What an event is about.
 *
 * @param type USER, GROUP, ROLE, CLIENT, REALM, or the resource type of anything else
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
    static final String REALM = "REALM";

    /** A user of whom no path is known. */
    static Target user(@Nullable String id, @Nullable String name) {
        return new Target(USER, id, name, null, null);
    }

    Target named(@Nullable String newName) {
        return new Target(type, id, newName, parentId, path);
    }
}
