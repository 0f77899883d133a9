package dev.keyledger.scim.keycloak.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.service.RequestOptions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read no further than it has to be.
 *
 * @param method  the HTTP method
 * @param path    what is asked for
 * @param query   the query parameters, decoded
 * @param headers the headers
 * @param content the body, read when it is asked for
 */
record ScimRequest(
        String method, ScimPath path, MultivaluedMap<String, String> query, HttpHeaders headers, RequestBody content) {
    private static final String ATTRIBUTES = "attributes";
    private static final String EXCLUDED_ATTRIBUTES = "excludedAttributes";
    private static final Set<String> LISTS = Set.of(ATTRIBUTES, EXCLUDED_ATTRIBUTES);
    private static final Pattern UTF_8 = Pattern.compile("charset=\"?(utf-?8|us-ascii)\"?", Pattern.CASE_INSENSITIVE);

    /** The same request for another path. */
    ScimRequest at(ScimPath other) {
        return new ScimRequest(method, other, query, headers, content);
    }

    /** The body as a JSON object; throws 415 for another media type, 413, or {@code invalidSyntax}. */
    ObjectNode body(JsonBody reader) {
        requireJson();
        return reader.parse(content.read(reader.maxBytes()));
    }

    private void requireJson() {
        String header = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        // who names no format sends SCIM's (RFC 7644 section 3.8)
        String[] parts = header == null ? new String[] {Responses.MEDIA_TYPE} : header.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.regionMatches(true, 0, "charset=", 0, 8)
                    && !UTF_8.matcher(parameter).matches()) {
                throw ScimException.unsupportedMediaType("SCIM is UTF-8, not " + ScimException.quoted(parameter));
            }
        }
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw ScimException.unsupportedMediaType(
                    "Content-Encoding is " + ScimException.quoted(encoding) + ", want none");
        }
        if (!type.equals(Responses.MEDIA_TYPE) && !type.equals(MediaType.APPLICATION_JSON)) {
            throw ScimException.unsupportedMediaType(
                    "Content-Type is " + ScimException.quoted(type) + ", want " + Responses.MEDIA_TYPE);
        }
    }

    /** What the request says beside its body. */
    RequestOptions options() {
        return new RequestOptions(
                SearchRequest.names(parameter(ATTRIBUTES)),
                SearchRequest.names(parameter(EXCLUDED_ATTRIBUTES)),
                headers.getHeaderString(HttpHeaders.IF_MATCH),
                headers.getHeaderString(HttpHeaders.IF_NONE_MATCH));
    }

    /** The search that a GET asks for. */
    SearchRequest search() {
        return SearchRequest.of(this::parameter);
    }

    /** The parameter's value; of one that is a list and comes several times, all values. */
    private @Nullable String parameter(String name) {
        String key = query.containsKey(name)
                ? name
                // Entra asks for startindex
                : query.keySet().stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElse(name);
        List<String> values = query.getOrDefault(key, List.of());
        String first = values.isEmpty() ? null : values.get(0);
        String value = LISTS.contains(name) && values.size() > 1 ? String.join(",", values) : first;
        if (value != null && value.indexOf(0) >= 0) {
            throw ScimException.badRequest("the parameter " + name + " has a NUL character");
        }
        return value;
    }
}
