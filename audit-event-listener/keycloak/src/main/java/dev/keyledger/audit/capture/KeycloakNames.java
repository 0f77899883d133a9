package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonObject;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.tracing.TracingProvider;

/** Resolves names through the session, caches included. */
final class KeycloakNames implements Names {
    private static final String REQUEST_ID = "X-Request-Id";

    private final KeycloakSession session;
    private final RequestIds requests;

    KeycloakNames(KeycloakSession session, RequestIds requests) {
        this.session = session;
        this.requests = requests;
    }

    @Override
    public @Nullable Person person(@Nullable String realmId, @Nullable String userId) {
        RealmModel realm = realm(realmId);
        UserModel user =
                realm == null || userId == null ? null : session.users().getUserById(realm, userId);
        return user == null ? null : new Person(user.getUsername(), user.getServiceAccountClientLink() != null);
    }

    @Override
    public @Nullable String userId(@Nullable String realmName, @Nullable String username) {
        RealmModel realm = realmName == null ? null : session.realms().getRealmByName(realmName);
        UserModel user =
                realm == null || username == null ? null : session.users().getUserByUsername(realm, username);
        return user == null ? null : user.getId();
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
    public Slots net(@Nullable String ip) {
        HttpHeaders headers = headers();
        return RequestFacts.net(
                name -> headers == null ? null : headers.getHeaderString(name),
                ip,
                headers == null ? null : requests.of(headers, headers.getHeaderString(REQUEST_ID)),
                traceId());
    }

    @Override
    public void requestIs(String id) {
        HttpHeaders headers = headers();
        if (headers != null) {
            requests.tell(headers, id);
        }
    }

    @Override
    public JsonObject caller() {
        KeycloakContext context = session.getContext();
        UserModel user = context.getUser();
        if (user == null) {
            return new Slots().with("type", "system").value();
        }
        String client = context.getBearerToken() instanceof AccessToken token ? token.getIssuedFor() : null;
        Person impersonator = impersonator();
        return new Slots()
                .with("type", user.getServiceAccountClientLink() == null ? "user" : "service")
                .with("id", user.getId())
                .with("name", user.getUsername())
                .with("client", client)
                .with("impersonator", impersonator == null ? null : impersonator.username())
                .value();
    }

    @Override
    public @Nullable Person impersonator() {
        UserSessionModel current = session.getContext().getUserSession();
        String name =
                current == null ? null : current.getNote(ImpersonationSessionNote.IMPERSONATOR_USERNAME.toString());
        return name == null ? null : new Person(name, false);
    }

    @Override
    public @Nullable String session() {
        UserSessionModel current = session.getContext().getUserSession();
        return current == null ? null : current.getId();
    }

    @Override
    public @Nullable String sessionUser() {
        UserSessionModel current = session.getContext().getUserSession();
        UserModel user = current == null ? null : current.getUser();
        return user == null ? null : user.getId();
    }

    private @Nullable HttpHeaders headers() {
        try {
            HttpRequest request = session.getContext().getHttpRequest();
            // Outside of a request the object is there, and says so only when it is used.
            return request == null ? null : request.getHttpHeaders();
        } catch (RuntimeException e) {
            // Outside of a request each version of Keycloak throws another thing here; no entry may fail for it.
            return null;
        }
    }

    /** Null when tracing is off. */
    private @Nullable String traceId() {
        TracingProvider tracing = session.getProvider(TracingProvider.class);
        SpanContext span = tracing == null ? null : tracing.getCurrentSpan().getSpanContext();
        return span != null && span.isValid() ? span.getTraceId() : null;
    }

    private @Nullable RealmModel realm(@Nullable String realmId) {
        return realmId == null ? null : session.realms().getRealm(realmId);
    }
}
