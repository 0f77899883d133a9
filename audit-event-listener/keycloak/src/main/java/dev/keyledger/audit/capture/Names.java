package dev.keyledger.audit.capture;

import org.jspecify.annotations.Nullable;

/** Resolves ids to the names they have now. A port; null means unknown, because it is gone or never was. */
interface Names {
    @Nullable
    Person person(@Nullable String realmId, @Nullable String userId);

    /** The client id of a client's internal id. */
    @Nullable
    String clientId(@Nullable String realmId, @Nullable String id);

    @Nullable
    String realmName(@Nullable String realmId);

    /** The user agent of the request that is being served. */
    @Nullable
    String userAgent();

    /** A user's name, and whether it is a client's service account. */
    record Person(String username, boolean serviceAccount) {}
}
