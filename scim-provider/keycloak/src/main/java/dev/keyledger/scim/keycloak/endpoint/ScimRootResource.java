package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Authenticator;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RefusalEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/**
 * Everything below {@code /realms/{realm}/scim}: the outermost boundary, where every fault becomes a SCIM error.
 *
 * <p>One method per HTTP method takes every path, so that unknown paths, wrong methods and wrong media types are answered in
 * SCIM's words too and not in Keycloak's. Commit point: none here; Keycloak commits the request's transaction after a response
 * was returned, and rolls it back after a fault, which is thrown for that reason.
 */
public final class ScimRootResource {
    private static final String ANY = "{path:.*}";

    private final KeycloakSession session;
    private final ScimSettings settings;
    private final RealmSchemas schemas;
    private final InstantSource clock;
    private final String requestId = UUID.randomUUID().toString();

    /** The resource of one request. */
    public ScimRootResource(KeycloakSession session, ScimSettings settings, RealmSchemas schemas, InstantSource clock) {
        this.session = session;
        this.schemas = schemas;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads and searches. */
    @GET
    @Path(ANY)
    public Response get(@PathParam("path") String path) {
        return serve("GET", path, null);
    }

    /** Creates, and searches by a body. */
    @POST
    @Path(ANY)
    public Response post(@PathParam("path") String path, InputStream body) {
        return serve("POST", path, body);
    }

    /** Replaces. */
    @PUT
    @Path(ANY)
    public Response put(@PathParam("path") String path, InputStream body) {
        return serve("PUT", path, body);
    }

    /** Patches. */
    @PATCH
    @Path(ANY)
    public Response patch(@PathParam("path") String path, InputStream body) {
        return serve("PATCH", path, body);
    }

    /** Deletes. */
    @DELETE
    @Path(ANY)
    public Response delete(@PathParam("path") String path) {
        return serve("DELETE", path, null);
    }

    private Response serve(String method, String path, @Nullable InputStream body) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        ScimRequest request = new ScimRequest(
                method, ScimPath.parse(path), session.getContext().getUri().getQueryParameters(), headers, body);
        String mediaType = Responses.mediaType(headers.getHeaderString(HttpHeaders.ACCEPT));
        try {
            return Responses.of(handle(request), mediaType, requestId);
        } catch (RuntimeException fault) {
            session.getTransactionManager().setRollbackOnly();
            ScimException known = Faults.of(fault, requestId);
            String realm = session.getContext().getRealm().getName();
            throw new WebApplicationException(Responses.of(known, mediaType, realm, requestId));
        }
    }

    private Reply handle(ScimRequest request) {
        Connection connection = new Authenticator(session).authenticate();
        RequestInfo info = new RequestInfo(request.method(), request.path().below(), requestId);
        if (!info.isChanging()) {
            return route(request, connection, info);
        }
        RefusalEvents refusals = new RefusalEvents(session, connection, info);
        try {
            return route(request, connection, info);
        } catch (RuntimeException fault) {
            ScimException known = Faults.of(fault, requestId);
            refusals.refused(known);
            throw known;
        }
    }

    private Reply route(ScimRequest request, Connection connection, RequestInfo info) {
        connection.requireConfidential();
        connection.requireAnything();
        Endpoint endpoint = new Router(session, settings, clock, schemas)
                .endpoint(request.path(), connection, new ChangeEvents(session, connection, info));
        String allowed = endpoint.allowed(request.path());
        if (!List.of(allowed.split(", ", -1)).contains(request.method())) {
            throw ScimException.methodNotAllowed(request.method(), allowed);
        }
        return endpoint.handle(request);
    }
}
