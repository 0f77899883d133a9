package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One request of a scenario.
 *
 * @param path below the base URL of the side that it is sent to
 * @param type media type of the body
 * @param body empty for none
 * @param status what the answer must be: anything else ends the run
 * @param weight how many resources it handles; rates are counted in these
 */
record Request(String method, String path, String type, byte[] body, Set<Integer> status, int weight) {

    private static final String SCIM = "application/scim+json";
    private static final Pattern CREATED = Pattern.compile("\"status\":\"201\"");

    static Request get(String path) {
        return new Request("GET", path, SCIM, new byte[0], Set.of(200), 1);
    }

    static Request delete(String path) {
        return new Request("DELETE", path, SCIM, new byte[0], Set.of(204), 1);
    }

    static Request post(String path, JsonNode body) {
        return of("POST", path, body, 201);
    }

    static Request put(String path, JsonNode body) {
        return of("PUT", path, body, 200);
    }

    /** A Bulk that creates these users. */
    static Request bulk(List<ObjectNode> users) {
        Request bulk = of("POST", "/Bulk", Bodies.bulk(users), 200);
        return new Request(bulk.method, bulk.path, SCIM, bulk.body, bulk.status, users.size());
    }

    /** RFC 7644 section 3.5.2 lets a server answer 200 or 204. */
    static Request patch(String path, JsonNode body) {
        return of("PATCH", path, body, 200, 204);
    }

    static Request of(String method, String path, JsonNode body, Integer... status) {
        return new Request(method, path, SCIM, bytes(body.toString()), Set.of(status), 1);
    }

    /** A request to Keycloak's own admin API. */
    static Request admin(String path, JsonNode body, int status) {
        return new Request("POST", path, "application/json", bytes(body.toString()), Set.of(status), 1);
    }

    /** A form, such as the token endpoint takes. */
    static Request form(String path, String form) {
        return new Request("POST", path, "application/x-www-form-urlencoded", bytes(form), Set.of(200), 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this is the answer that is wanted; that of a Bulk tells of every operation that it was done. */
    boolean isMetBy(Wire.Answer answer) {
        return status.contains(answer.status())
                && (weight == 1 || CREATED.split(answer.text(), -1).length - 1 == weight);
    }
}
