package dev.keyledger.scim.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.ResourceType;
import java.util.Locale;
import java.util.Set;

/**
 * The one place that knows how the large clients deviate from RFC 7643 and 7644, and what they mean.
 *
 * <p>Entra writes booleans as {@code "True"}, operation names with a capital, a manager as a bare id, a patch's single value as
 * {@code [{"value":x}]}, and a dot where a colon belongs. Okta omits what can be derived. Everybody above this class sees what
 * the RFC would have had them send.
 */
public final class Dialect {
    /** Texts that HR systems keep as numbers. */
    private static final Set<String> NUMBERED =
            Set.of("externalId", "employeeNumber", "costCenter", "postalCode", "value");

    private Dialect() {}

    /** The name of a patch operation in lower case: Entra sends {@code Add}, {@code Remove}, {@code Replace}. */
    public static String operationName(String op) {
        return op.toLowerCase(Locale.ROOT);
    }

    /** A patch's path: what stands behind the URN of an extension stands behind a colon, where Entra has a dot, too. */
    public static String path(String path, ResourceType type) {
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            int end = urn.length();
            if (path.length() > end && path.charAt(end) == '.' && path.regionMatches(true, 0, urn, 0, end)) {
                return urn + ':' + path.substring(end + 1);
            }
        }
        return path;
    }

    /**
     * A patch operation's value for that attribute or part: for one that is not complex, {@code {"value":x}} becomes {@code x},
     * also in a list and beside a {@code $ref}, which Entra sends empty. What says more than that is left as it is, and refused.
     */
    public static JsonNode operand(AttributeDefinition target, JsonNode value) {
        if (target.isComplex()) {
            return value;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode unwrapped = Json.array();
            list.forEach(one -> unwrapped.add(operand(target, one)));
            return unwrapped;
        }
        JsonNode inner = value instanceof ObjectNode object && saysNoMore(object) ? Json.get(object, "value") : null;
        return inner == null ? value : inner;
    }

    private static boolean saysNoMore(ObjectNode wrapper) {
        return wrapper.properties().stream()
                .allMatch(member -> member.getKey().equalsIgnoreCase("value")
                        || member.getKey().equalsIgnoreCase("$ref")
                        || member.getValue().isNull());
    }

    /** A filter's value as the attribute's type wants it: {@code "True"} becomes {@code true} for a boolean. */
    public static JsonNode literal(AttributeDefinition attribute, JsonNode value) {
        if (attribute.type() == AttributeType.BOOLEAN && value.isTextual()) {
            String text = value.textValue();
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
            }
        }
        return value;
    }

    /**
     * Whether a filter may name a value of the attribute without quotation marks: RFC 7644 section 3.4.2.1 itself writes
     * {@code meta.resourceType eq User}, against its own grammar.
     */
    public static boolean takesBareWord(AttributePath path) {
        return path.notation().equals("meta.resourceType");
    }

    /**
     * One value of an attribute as its definition wants it: booleans as by {@link #literal}; a bare text for a complex
     * attribute that has a {@code value} (Entra's manager, a list of member ids) becomes {@code {"value":text}}; a whole number
     * for a text that is one of {@link #NUMBERED} becomes text; a list of one for a single-valued attribute becomes its element.
     */
    public static JsonNode value(AttributeDefinition attribute, JsonNode value) {
        if (value.isArray() && value.size() == 1 && !attribute.multiValued()) {
            return value(attribute, value.get(0));
        }
        if (attribute.isComplex()
                && value.isTextual()
                && attribute.subAttribute("value").isPresent()) {
            ObjectNode wrapped = Json.object();
            wrapped.set("value", value);
            return wrapped;
        }
        if (attribute.type() == AttributeType.STRING
                && value.isIntegralNumber()
                && NUMBERED.contains(attribute.name())) {
            return TextNode.valueOf(value.asText());
        }
        return literal(attribute, value);
    }
}
