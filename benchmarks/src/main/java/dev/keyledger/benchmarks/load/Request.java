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
 * @param path below the SCIM base URL
 * @param body empty for none
 * @param status what the answer must be: anything else ends the run
 * @param weight how many resources it handles; rates are counted in these
 */
record Request(String method, String path, byte[] body, Set<Integer> status, int weight) {

    private static final Pattern CREATED = Pattern.compile("\"status\":\"201\"");

    static Request get(String path) {
        return new Request("GET", path, new byte[0], Set.of(200), 1);
    }

    static Request delete(String path) {
        return new Request("DELETE", path, new byte[0], Set.of(204), 1);
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
        return new Request(bulk.method, bulk.path, bulk.body, bulk.status, users.size());
    }

    /** RFC 7644 section 3.5.2 lets a server answer 200 or 204. */
    static Request patch(String path, JsonNode body) {
        return of("PATCH", path, body, 200, 204);
    }

    static Request of(String method, String path, JsonNode body, Integer... status) {
        return new Request(method, path, body.toString().getBytes(StandardCharsets.UTF_8), Set.of(status), 1);
    }

    /** Whether this is the answer that is wanted; that of a Bulk tells of every operation that it was done. */
    boolean isMetBy(Wire.Answer answer) {
        return status.contains(answer.status())
                && (weight == 1 || CREATED.split(answer.text(), -1).length - 1 == weight);
    }
}
