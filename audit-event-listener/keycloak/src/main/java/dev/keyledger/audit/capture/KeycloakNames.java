package dev.keyledger.audit.capture;

import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Resolves names through the session, caches included. */
final class KeycloakNames implements Names {
    private final KeycloakSession session;

    KeycloakNames(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public @Nullable Person person(@Nullable String realmId, @Nullable String userId) {
        RealmModel realm = realm(realmId);
        UserModel user =
                realm == null || userId == null ? null : session.users().getUserById(realm, userId);
        return user == null ? null : new Person(user.getUsername(), user.getServiceAccountClientLink() != null);
    }

    @Override
    public @Nullable String clientId(@Nullable String realmId, @Nullable String id) {
        RealmModel realm = realm(realmId);
        ClientModel client =
                realm == null || id == null ? null : session.clients().getClientById(realm, id);
        return client == null ? null : client.getClientId();
    }

    @Override
    public @Nullable String realmName(@Nullable String realmId) {
        RealmModel realm = realm(realmId);
        return realm == null ? null : realm.getName();
    }

    @Override
    public @Nullable String userAgent() {
        try {
            HttpRequest request = session.getContext().getHttpRequest();
            return request == null ? null : request.getHttpHeaders().getHeaderString(HttpHeaders.USER_AGENT);
        } catch (RuntimeException e) {
            // Outside of a request each version of Keycloak throws another thing here; no entry may fail for it.
            return null;
        }
    }

    private @Nullable RealmModel realm(@Nullable String realmId) {
        return realmId == null ? null : session.realms().getRealm(realmId);
    }
}
