package dev.keyledger.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SCIM connection, and the words that every client uses on it. Calls {@code tick} after each request. */
public final class Connection {

    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final Runnable tick;

    /** @param http based at the realm's {@code /scim/v2}, with a token */
    public Connection(Http http, Runnable tick) {
        this.http = http.with("Content-Type", "application/scim+json").with("Accept", "application/scim+json");
        this.tick = tick;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** The first resource that a filter finds. */
    Optional<JsonNode> find(String type, String filter) {
        JsonNode list = ticked(http.get("/" + type + "?filter=" + Http.encode(filter) + "&startIndex=1&count=1"))
                .expect(200)
                .json();
        return Optional.ofNullable(list.at("/Resources/0")).filter(found -> !found.isMissingNode());
    }

    JsonNode create(String type, JsonNode resource) {
        return ticked(http.post("/" + type, resource)).expect(201).json();
    }

    JsonNode replace(String type, String id, JsonNode resource) {
        return ticked(http.put("/" + type + "/" + id, resource)).expect(200).json();
    }

    void patch(String type, String id, JsonNode... operations) {
        ObjectNode body = object();
        body.putArray("schemas").add(PATCH);
        ArrayNode list = body.putArray("Operations");
        for (JsonNode operation : operations) {
            list.add(operation);
        }
        ticked(http.patch("/" + type + "/" + id, body)).expect(200, 204);
    }

    void delete(String type, String id) {
        ticked(http.delete("/" + type + "/" + id)).expect(204);
    }

    static ObjectNode operation(String op, @Nullable String path, @Nullable JsonNode value) {
        ObjectNode operation = object().put("op", op);
        if (path != null) {
            operation.put("path", path);
        }
        if (value != null) {
            operation.set("value", value);
        }
        return operation;
    }

    static String id(JsonNode resource) {
        return resource.get("id").asText();
    }

    private Http.Reply ticked(Http.Reply reply) {
        tick.run();
        return reply;
    }
}
