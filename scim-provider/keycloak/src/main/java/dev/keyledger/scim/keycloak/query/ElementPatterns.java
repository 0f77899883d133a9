package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.schema.AttributeDefinition;

/**
 * The SQL patterns that find a part of a {@link StoredElements stored element} by its JSON text.
 *
 * <p>{@code "type":"work"} inside a stored element can only be the member {@code type}: a quotation mark within a value is
 * stored as {@code \"}. Since {@code value} is the last member, its end can be found too, so that it answers every text
 * operator; other parts answer {@code eq} and {@code sw}.
 */
final class ElementPatterns {
    private ElementPatterns() {}

    /** The pattern of the elements whose part compares as asked. */
    static String compare(AttributeDefinition part, Operator operator, JsonNode wanted) {
        boolean last = part.name().equals("value");
        String start = start(part);
        if (operator == Operator.EQ) {
            return start + TextPredicates.escape(wanted.toString()) + (last ? "}" : "%");
        }
        if (wanted.isTextual()) {
            String text = inside(wanted.textValue());
            if (operator == Operator.SW) {
                return start + '"' + text + '%';
            }
            if (operator == Operator.EW && last) {
                return start + "\"%" + text + "\"}";
            }
            if (operator == Operator.CO && last) {
                return start + "\"%" + text + "%\"}";
            }
        }
        throw ScimException.invalidFilter("operator " + operator.keyword() + " cannot be searched for on " + part.name()
                + " of a multi-valued attribute");
    }

    /** The pattern of the elements that have the part. */
    static String present(AttributeDefinition part) {
        return start(part) + '%';
    }

    private static String start(AttributeDefinition part) {
        return "%\"" + TextPredicates.escape(part.name()) + "\":";
    }

    private static String inside(String text) {
        String quoted = TextNode.valueOf(text).toString();
        return TextPredicates.escape(quoted.substring(1, quoted.length() - 1));
    }
}
