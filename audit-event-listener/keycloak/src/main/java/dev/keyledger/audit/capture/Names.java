package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Resolves ids to the names they have now, and knows the request that is being served. A port; null means unknown,
 * because it is gone or never was.
 */
interface Names {
    @Nullable
    Person person(@Nullable String realmId, @Nullable String userId);

    /** The id of the user with this name in the realm with this name. */
    @Nullable
    String userId(@Nullable String realmName, @Nullable String username);

    /** The client id of a client's internal id. */
    @Nullable
    String clientId(@Nullable String realmId, @Nullable String id);

    @Nullable
    String realmName(@Nullable String realmId);

    /**
     * What the request says of where it comes from: {@code userAgent}, {@code requestId}, {@code traceId}, {@code
     * forwarded}; without the address that Keycloak made of it.
     *
     * @param ip the address that Keycloak took the request to come from
     */
    Slots net(@Nullable String ip);

    /** Says which id the client of this request is told. */
    void requestIs(String id);

    /** The actor slot of what is done by this request; type {@code system} when nobody is behind it. */
    JsonObject caller();

    /** Who has taken over the user's session that this request belongs to. */
    @Nullable
    Person impersonator();

    /** The id of the user's session that this request belongs to. */
    @Nullable
    String session();

    /** The id of the user whose session this request belongs to. */
    @Nullable
    String sessionUser();

    /** A user's name, and whether it is a client's service account. */
    record Person(String username, boolean serviceAccount) {}
}
