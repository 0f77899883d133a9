package dev.keyledger.scim.keycloak.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.storage.TokenEntity;
import dev.keyledger.scim.keycloak.storage.Tokens;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;

/** The provisioning tokens of one connection. The token itself is in the answer that makes it, and never again. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class TokensResource {
    private static final String RESOURCE_TYPE = "SCIM_TOKEN";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEFAULT_DAYS = 365;
    private static final int MAX_DAYS = 3650;
    private static final int DEFAULT_OVERLAP_HOURS = 24;
    private static final int MAX_OVERLAP_HOURS = 24 * 30;
    private static final int MAX_NAME = 255;

    private final Administrator administrator;
    private final String connection;
    private final Tokens tokens;
    private final InstantSource clock;

    TokensResource(Administrator administrator, String connection, Tokens tokens, InstantSource clock) {
        this.administrator = administrator;
        this.connection = connection;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** All of them, the oldest first, expired ones too. */
    @GET
    public String all() {
        administrator.requireView();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        tokens.of(connection).forEach(row -> all.add(json(row)));
        return all.toString();
    }

    /** Makes one: {@code {"name":"...","expiresInDays":365}}. */
    @POST
    public Response issue(@Nullable String body) {
        administrator.requireManage();
        JsonNode wanted = parse(body, Set.of("name", "expiresInDays"));
        String name = wanted.path("name").asText();
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw ApiError.invalid("name has " + name.length() + " characters, want 1 to " + MAX_NAME);
        }
        return issued(tokens.issue(connection, name, lifetime(wanted)));
    }

    /** Makes its successor of the same name, and lets it live on for a while: {@code {"overlapHours":24}}. */
    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, @Nullable String body) {
        administrator.requireManage();
        JsonNode wanted = parse(body, Set.of("overlapHours", "expiresInDays"));
        TokenEntity old = existing(id);
        int hours = number(wanted, "overlapHours", DEFAULT_OVERLAP_HOURS, 0, MAX_OVERLAP_HOURS);
        tokens.endAt(old, clock.millis() + Duration.ofHours(hours).toMillis());
        administrator.tell(OperationType.UPDATE, RESOURCE_TYPE, json(old), path(old));
        return issued(tokens.issue(connection, old.name, lifetime(wanted)));
    }

    /** Revokes it: no node honours it any more once the request is answered. */
    @DELETE
    @Path("{id}")
    public void revoke(@PathParam("id") String id) {
        administrator.requireManage();
        TokenEntity row = existing(id);
        tokens.revoke(row);
        administrator.tell(OperationType.DELETE, RESOURCE_TYPE, json(row), path(row));
    }

    private Response issued(Tokens.Issued issued) {
        administrator.tell(OperationType.CREATE, RESOURCE_TYPE, json(issued.row()), path(issued.row()));
        ObjectNode shown = json(issued.row()).put("token", issued.text());
        return Response.status(201)
                .entity(shown.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private TokenEntity existing(String id) {
        return tokens.find(connection, id)
                .orElseThrow(() -> ApiError.notFound("the connection has no token of that id"));
    }

    private String[] path(TokenEntity row) {
        return new String[] {"connections", connection, "tokens", row.id};
    }

    private static Duration lifetime(JsonNode wanted) {
        return Duration.ofDays(number(wanted, "expiresInDays", DEFAULT_DAYS, 1, MAX_DAYS));
    }

    private static int number(JsonNode wanted, String member, int missing, int min, int max) {
        JsonNode said = wanted.path(member);
        if (said.isMissingNode()) {
            return missing;
        }
        if (!said.isInt() || said.intValue() < min || said.intValue() > max) {
            throw ApiError.invalid(member + " is " + said + ", want " + min + " to " + max);
        }
        return said.intValue();
    }

    private static JsonNode parse(@Nullable String body, Set<String> known) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body == null || body.isBlank() ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw ApiError.invalid("the body is no JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw ApiError.invalid("the body is no JSON object");
        }
        List<String> unknown = json.propertyStream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw ApiError.invalid(unknown.get(0) + " is not known here, want " + String.join(", ", known));
        }
        return json;
    }

    /** Everything but the token, which nobody knows any more. */
    private static ObjectNode json(TokenEntity row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", row.id).put("name", row.name);
        json.put("created", time(row.created)).put("expires", time(row.expires));
        Long lastUsed = row.lastUsed;
        return json.put("lastUsed", lastUsed == null ? null : time(lastUsed));
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
