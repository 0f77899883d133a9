package dev.keyledger.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.resource.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the {@code bulkId:} references of an operation, and puts ids in their place. RFC 7644 section 3.7.2.
 *
 * <p>A reference is any text in the data that begins with {@code bulkId:} and is nothing else
 * ({@code {"value":"bulkId:qwerty"}}), a segment of the operation's path ({@code /Groups/bulkId:qwerty}), and a quoted
 * value in the path of a PATCH operation ({@code members[value eq "bulkId:qwerty"]}).
 */
final class BulkReferences {
    private static final String PREFIX = "bulkId:";
    private static final Pattern IN_FILTER = Pattern.compile("\"bulkId:([^\"\\\\]+)\"");

    private BulkReferences() {}

    /** The bulkIds that the operation refers to, in the order of their appearance. */
    static Set<String> of(BulkOperation operation) {
        Set<String> found = new LinkedHashSet<>();
        resolve(operation, bulkId -> {
            found.add(bulkId);
            return bulkId;
        });
        return found;
    }

    /** The operation with {@code id} of every bulkId in the place of the reference. */
    static BulkOperation resolve(BulkOperation operation, UnaryOperator<String> id) {
        String path = path(operation.path(), id);
        ObjectNode data = operation.data();
        return operation.with(path, data == null ? null : object(data, id));
    }

    private static String path(String path, UnaryOperator<String> id) {
        StringBuilder resolved = new StringBuilder();
        for (int at = 0; at < path.length(); ) {
            int slash = path.indexOf('/', at + 1);
            int end = slash < 0 ? path.length() : slash;
            int from = path.charAt(at) == '/' ? at + 1 : at;
            String segment = decoded(path.substring(from, end));
            boolean reference = segment.startsWith(PREFIX);
            resolved.append(reference ? '/' + id.apply(segment.substring(PREFIX.length())) : path.substring(at, end));
            at = end;
        }
        return resolved.toString();
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // whoever reads the path as a URI will refuse it
            return segment;
        }
    }

    private static ObjectNode object(ObjectNode object, UnaryOperator<String> id) {
        ObjectNode resolved = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            boolean isPath = member.getKey().equalsIgnoreCase("path")
                    && member.getValue().isTextual();
            resolved.set(
                    member.getKey(), isPath ? filter(member.getValue().textValue(), id) : value(member.getValue(), id));
        }
        return resolved;
    }

    private static JsonNode value(JsonNode value, UnaryOperator<String> id) {
        if (value instanceof ObjectNode object) {
            return object(object, id);
        }
        if (value.isArray()) {
            ArrayNode resolved = Json.array();
            value.forEach(element -> resolved.add(value(element, id)));
            return resolved;
        }
        boolean reference = value.isTextual() && value.textValue().startsWith(PREFIX);
        return reference ? TextNode.valueOf(id.apply(value.textValue().substring(PREFIX.length()))) : value;
    }

    private static JsonNode filter(String path, UnaryOperator<String> id) {
        Matcher matcher = IN_FILTER.matcher(path);
        return TextNode.valueOf(
                matcher.replaceAll(found -> Matcher.quoteReplacement('"' + id.apply(found.group(1)) + '"')));
    }
}
