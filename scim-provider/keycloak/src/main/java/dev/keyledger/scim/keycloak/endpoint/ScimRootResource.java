package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Authenticator;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.RateLimiter;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RefusalEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/**
 * Everything below {@code /realms/{realm}/scim}: the outermost boundary, where every fault becomes a SCIM error.
 *
 * <p>One method per HTTP method takes every path, so that unknown paths, wrong methods and wrong media types are answered in
 * SCIM's words too and not in Keycloak's. Nothing is done in the transaction that Keycloak begins for the request: {@link
 * Transactions} says where the commit points are.
 */
public final class ScimRootResource {
    private static final String ANY = "{path:.*}";

    private final KeycloakSession session;
    private final ScimServer server;
    private final String requestId = UUID.randomUUID().toString();
    private @Nullable Connection connection;
    /** Of whom the request is or says it is. */
    private @Nullable Contract contract;

    private RateLimiter.@Nullable Quota quota;
    private final Refusals refusals;
    private final Transactions transactions;

    /** The resource of one request. */
    public ScimRootResource(KeycloakSession session, ScimServer server) {
        this.session = session;
        this.server = server;
        this.transactions = new Transactions(session, requestId);
        this.refusals = new Refusals(session, server.refusals());
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

    /** Refuses: what a path knows is in {@code Allow}. There is no CORS, because a browser is no provisioning client. */
    @OPTIONS
    @Path(ANY)
    public Response options(@PathParam("path") String path) {
        return serve("OPTIONS", path, null);
    }

    private Response serve(String method, String path, @Nullable InputStream body) {
        KeycloakContext context = session.getContext();
        HttpHeaders headers = context.getHttpRequest().getHttpHeaders();
        ScimRequest request = new ScimRequest(
                method, ScimPath.parse(path), context.getUri().getQueryParameters(), headers, new RequestBody(body));
        String mediaType = Responses.mediaType(headers.getHeaderString(HttpHeaders.ACCEPT));
        Response response = response(request, mediaType);
        String name = contract == null ? "" : contract.name();
        if (contract != null) {
            server.activity().count(context.getRealm().getId(), name, response.getStatus());
        }
        server.meters().count(context.getRealm().getName(), name, method, response.getStatus());
        return Responses.with(quota, response);
    }

    private Response response(ScimRequest request, String mediaType) {
        try {
            return Responses.of(handle(request), mediaType, requestId);
        } catch (RuntimeException fault) {
            String realm = session.getContext().getRealm().getName();
            return Responses.of(Faults.of(fault, requestId), mediaType, realm, requestId);
        }
    }

    private Reply handle(ScimRequest request) {
        RequestInfo info = new RequestInfo(request.method(), request.path().below(), requestId);
        try {
            return answer(request, info);
        } catch (RuntimeException fault) {
            ScimException known = Faults.of(fault, requestId);
            refusals.record(info, known, connection, contract);
            throw known;
        }
    }

    private Reply answer(ScimRequest request, RequestInfo info) {
        if (DiscoveryEndpoint.isPublic(request)) {
            return new DiscoveryEndpoint(List.of(), Router.baseUri(session), server.settings(), true).handle(request);
        }
        if (BulkEndpoint.serves(request.path())) {
            Connection from = transactions.run(this::admit);
            return new BulkEndpoint(transactions, from, info, (own, here) -> router(own, here, info))
                    .handle(request, server.settings().bulk(), new RefusalEvents(session, from));
        }
        return transactions.run(own -> {
            Connection from = admit(own);
            ChangeEvents events = new ChangeEvents(own, from, info);
            Endpoint endpoint = router(own, from, info).endpoint(request.path(), from, events);
            endpoint.require(request.method(), request.path());
            Reply reply = endpoint.handle(request);
            if (!info.isChanging() && from.contract().policy().logReads()) {
                events.read(query(request), reply.status());
            }
            return reply;
        });
    }

    private Connection admit(KeycloakSession own) {
        Authenticator authenticator = new Authenticator(own, server.contracts(), server.clock());
        Connection from;
        try {
            from = authenticator.authenticate();
        } finally {
            contract = authenticator.contract();
        }
        connection = from;
        count(from);
        from.rights().requireConfidential();
        from.requireRunning();
        from.rights().requireAnything();
        refusals.served(from.auth().getRealm().getId(), from);
        return from;
    }

    /** Counts the request, once however often it is tried. */
    private void count(Connection from) {
        if (quota == null) {
            String key = from.auth().getRealm().getId() + ' ' + from.name();
            quota = server.limiter().count(key, from.contract().policy().requestsPerMinute());
        }
        RateLimiter.require(quota);
    }

    /** The parameters of a GET, as they were meant. */
    private String query(ScimRequest request) {
        if (!request.method().equals("GET")) {
            return "";
        }
        return session.getContext().getUri().getQueryParameters().entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream().map(value -> parameter.getKey() + '=' + value))
                .collect(Collectors.joining("&"));
    }

    private Router router(KeycloakSession own, Connection from, RequestInfo info) {
        Invitation invitation = new Invitation(session, from, info, server);
        return new Router(own, server, from, id -> {
            if (from.contract().policy().invite()) {
                transactions.afterCommit(() -> invitation.send(id));
            }
        });
    }
}
