package dev.keyledger.scim.keycloak.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.service.Outcome;
import dev.keyledger.scim.service.RequestOptions;
import dev.keyledger.scim.service.ScimService;
import org.keycloak.events.admin.OperationType;

/** The resources of one type: create, search, read, replace, patch and delete, each change with its event. */
final class ResourceTypeEndpoint implements Endpoint {
    static final String SEARCH = ".search";

    private final ScimService service;
    private final JsonBody bodies;
    private final Recorder recorder;

    /** Told of every change, inside its transaction. */
    interface Recorder {
        void changed(OperationType operation, Outcome outcome);
    }

    ResourceTypeEndpoint(ScimService service, JsonBody bodies, Recorder recorder) {
        this.service = service;
        this.bodies = bodies;
        this.recorder = recorder;
    }

    /** What finds, shows and changes the resources. */
    ScimService service() {
        return service;
    }

    @Override
    public String allowed(ScimPath path) {
        return switch (path.length()) {
            case 1 -> "GET, POST";
            case 2 -> path.at(1).equals(SEARCH) ? "POST" : "GET, PUT, PATCH, DELETE";
            default -> throw Endpoint.unknown(path);
        };
    }

    /** Refuses with 405 or 404 what {@link #change} does not do at that path. */
    void requireChange(String method, ScimPath path) {
        require(method, path);
        if (path.at(1).equals(SEARCH)) {
            throw Endpoint.unknown(path);
        }
    }

    @Override
    public Reply handle(ScimRequest request) {
        String id = request.path().at(1);
        return switch (request.method()) {
            case "GET" ->
                id.isEmpty()
                        ? Reply.ok(service.search(request.search()).toJson())
                        : reply(service.get(id, request.options()));
            case "POST" ->
                id.equals(SEARCH)
                        ? Reply.ok(service.search(SearchRequest.parse(request.body(bodies)))
                                .toJson())
                        : reply(change("POST", id, request.body(bodies), request.options()));
            case "DELETE" -> reply(change("DELETE", id, Json.object(), request.options()));
            default -> reply(change(request.method(), id, request.body(bodies), request.options()));
        };
    }

    /** Does what the method asks of the resource of that id and tells of it; a POST has no id, a DELETE no body. */
    Outcome change(String method, String id, ObjectNode body, RequestOptions options) {
        return switch (method) {
            case "POST" -> created(service.create(body, options));
            case "PUT" -> recorded(OperationType.UPDATE, service.replace(id, body, options));
            case "PATCH" -> recorded(OperationType.UPDATE, service.patch(id, body, options));
            default -> recorded(OperationType.DELETE, service.delete(id, options));
        };
    }

    /** A new resource that turned out to be one that was there is a change of that one. */
    private Outcome created(Outcome outcome) {
        boolean isNew = outcome.change().before().isEmpty();
        return recorded(isNew ? OperationType.CREATE : OperationType.UPDATE, outcome);
    }

    private Outcome recorded(OperationType operation, Outcome outcome) {
        recorder.changed(operation, outcome);
        return outcome;
    }

    private static Reply reply(Outcome outcome) {
        return new Reply(
                outcome.status(),
                outcome.body(),
                outcome.version() == null ? null : outcome.version().tag(),
                outcome.location());
    }
}
