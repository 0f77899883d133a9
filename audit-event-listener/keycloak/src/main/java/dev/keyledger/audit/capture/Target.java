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
    static final String IDENTITY_PROVIDER = "IDENTITY_PROVIDER";
    static final String IDENTITY_PROVIDER_MAPPER = "IDENTITY_PROVIDER_MAPPER";
    static final String COMPONENT = "COMPONENT";
    static final String AUTH_FLOW = "AUTH_FLOW";
    static final String AUTH_EXECUTION = "AUTH_EXECUTION";
    static final String AUTHENTICATOR_CONFIG = "AUTHENTICATOR_CONFIG";
    static final String REQUIRED_ACTION = "REQUIRED_ACTION";
    static final String ORGANIZATION = "ORGANIZATION";
    static final String AUTHORIZATION_RESOURCE_SERVER = "AUTHORIZATION_RESOURCE_SERVER";
    static final String AUTHORIZATION_RESOURCE = "AUTHORIZATION_RESOURCE";
    static final String AUTHORIZATION_SCOPE = "AUTHORIZATION_SCOPE";
    static final String AUTHORIZATION_POLICY = "AUTHORIZATION_POLICY";
    static final String CLIENT_POLICIES = "CLIENT_POLICIES";
    static final String LOCALIZATION = "LOCALIZATION";

    /** The policies and profiles of a realm's clients. */
    public static Target clientPolicies() {
        return new Target(CLIENT_POLICIES, null, null, null, null);
    }

    /** A realm's user profile. */
    public static Target userProfile() {
        return new Target(USER_PROFILE, null, null, null, null);
    }

    /** A realm's own texts in one language. */
    public static Target localization(String locale) {
        return new Target(LOCALIZATION, null, locale, null, null);
    }

    /** A user directory, or another component of a realm. */
    public static Target component(String id) {
        return new Target(COMPONENT, id, null, null, null);
    }

    /** A user of whom no path is known. */
    public static Target user(@Nullable String id, @Nullable String name) {
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
