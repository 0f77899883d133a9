package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a query, still as text: from the parameters of a GET or from the body of a POST to {@code /.search}.
 * RFC 7644 sections 3.4.2 and 3.4.3.
 *
 * @param attributes         what to show, or empty
 * @param excludedAttributes what not to show, or empty
 * @param filter             the filter's text, or null
 * @param sortBy             the attribute to sort by, or null
 * @param descending         whether {@code sortOrder} is descending
 * @param startIndex         the first index wanted, from 1; smaller ones were raised to 1
 * @param count              how many at most, or null for the service provider's choice; negative ones were raised to 0
 * @param cursor             the cursor of the page wanted, empty for the first page; null to page by index. RFC 9865
 */
public record SearchRequest(
        List<String> attributes,
        List<String> excludedAttributes,
        @Nullable String filter,
        @Nullable String sortBy,
        boolean descending,
        int startIndex,
        @Nullable Integer count,
        @Nullable String cursor) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final BigInteger MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Integer.MAX_VALUE);

    /** Copies the lists; refuses a request that wants its page both by cursor and by index. */
    public SearchRequest {
        attributes = List.copyOf(attributes);
        excludedAttributes = List.copyOf(excludedAttributes);
        if (cursor != null && startIndex > 1) {
            throw ScimException.invalidValue("a page is asked for by startIndex or by cursor, not by both");
        }
    }

    /** The request of a GET; {@code parameter} gives the value of a query parameter, or null. */
    public static SearchRequest of(Function<String, @Nullable String> parameter) {
        return new SearchRequest(
                names(parameter.apply("attributes")),
                names(parameter.apply("excludedAttributes")),
                parameter.apply("filter"),
                parameter.apply("sortBy"),
                isDescending(parameter.apply("sortOrder")),
                startIndex(number("startIndex", parameter.apply("startIndex"), ScimException::invalidValue)),
                count(number("count", parameter.apply("count"), unfitCount(parameter.apply("cursor")))),
                parameter.apply("cursor"));
    }

    /** The request of a POST. */
    public static SearchRequest parse(ObjectNode body) {
        MessageSchemas.require(body, URN);
        return new SearchRequest(
                names(body, "attributes"),
                names(body, "excludedAttributes"),
                text(body, "filter"),
                text(body, "sortBy"),
                isDescending(text(body, "sortOrder")),
                startIndex(number(body, "startIndex", ScimException::invalidValue)),
                count(number(body, "count", unfitCount(text(body, "cursor")))),
                text(body, "cursor"));
    }

    /** The same search for its first page by cursor. */
    public SearchRequest forFirstPage() {
        return new SearchRequest(attributes, excludedAttributes, filter, sortBy, descending, 1, count, "");
    }

    /** The names in a comma-separated list. */
    public static List<String> names(@Nullable String text) {
        List<String> names = new ArrayList<>();
        if (text != null) {
            for (int at = 0; at <= text.length(); ) {
                int comma = text.indexOf(',', at);
                int end = comma < 0 ? text.length() : comma;
                if (!text.substring(at, end).isBlank()) {
                    names.add(text.substring(at, end).strip());
                }
                at = end + 1;
            }
        }
        return names;
    }

    private static List<String> names(ObjectNode body, String name) {
        JsonNode value = Json.get(body, name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return names(value.textValue());
        }
        List<String> names = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw ScimException.invalidValue(name + " has to be a list of attribute names");
            }
            names.add(element.textValue());
        }
        return names;
    }

    private static @Nullable String text(ObjectNode body, String name) {
        JsonNode value = Json.get(body, name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ScimException.invalidValue(name + " has to be text");
        }
        return value.textValue();
    }

    private static @Nullable Integer number(ObjectNode body, String name, Function<String, ScimException> unfit) {
        JsonNode value = Json.get(body, name);
        if (value != null && !value.isNull() && !value.isNumber() && !value.isTextual()) {
            throw unfit.apply(name + " has to be a whole number");
        }
        return value == null ? null : number(name, value.isNull() ? null : value.asText(), unfit);
    }

    private static @Nullable Integer number(String name, @Nullable String text, Function<String, ScimException> unfit) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String digits = text.strip();
        if (!WHOLE_NUMBER.matcher(digits).matches()) {
            throw unfit.apply(name + " has to be a whole number, got " + ScimException.quoted(text));
        }
        return new BigInteger(digits).max(MIN).min(MAX).intValueExact();
    }

    /** What a count is refused with that is none: RFC 9865 section 2.1 has a word for it. */
    private static Function<String, ScimException> unfitCount(@Nullable String cursor) {
        return cursor == null ? ScimException::invalidValue : ScimException::invalidCount;
    }

    private static boolean isDescending(@Nullable String sortOrder) {
        if (sortOrder == null || sortOrder.isBlank() || sortOrder.equalsIgnoreCase("ascending")) {
            return false;
        }
        if (sortOrder.equalsIgnoreCase("descending")) {
            return true;
        }
        throw ScimException.invalidValue(
                "sortOrder has to be ascending or descending, got " + ScimException.quoted(sortOrder));
    }

    private static int startIndex(@Nullable Integer wanted) {
        return wanted == null ? 1 : Math.max(1, wanted);
    }

    private static @Nullable Integer count(@Nullable Integer wanted) {
        return wanted == null ? null : Integer.valueOf(Math.max(0, wanted));
    }
}
