package dev.keyledger.scim.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.DateTime;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.validate.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters by recursive descent: {@code or} binds weakest, then {@code and}, then {@code not (...)}, grouping and value
 * paths. Keywords and names in any case. Every fault is an {@code invalidFilter} that says at which position (from 0).
 *
 * <p>Bounded by {@link #MAX_LENGTH}, {@link #MAX_CLAUSES} and {@link #MAX_DEPTH}; work is linear in the length.
 */
public final class FilterParser {
    /** The longest filter, in UTF-16 units. */
    public static final int MAX_LENGTH = 32_768;
    /** The most comparisons and presence tests in a filter. */
    public static final int MAX_CLAUSES = 500;
    /** The deepest nesting of parentheses and brackets. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_EXPONENT = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ResourceType type;

    /** A parser of filters over that type's resources. */
    public FilterParser(ResourceType type) {
        this.type = type;
    }

    /** The filter that the text is. */
    public Filter parse(String text) {
        return new Run(text, null).whole();
    }

    /** The filter between the brackets of a value path on that attribute. */
    public Filter parseValueFilter(String text, AttributePath path) {
        return new Run(text, path).whole();
    }

    private final class Run {
        private final String text;
        private int at;
        private int clauses;
        private @Nullable AttributePath scope;

        Run(String text, @Nullable AttributePath scope) {
            this.text = text;
            this.scope = scope;
        }

        Filter whole() {
            if (text.length() > MAX_LENGTH) {
                throw ScimException.invalidFilter(
                        "the filter has " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
            }
            Filter filter = or(0);
            skipSpace();
            if (at < text.length()) {
                throw fault("want the end, \"and\" or \"or\"");
            }
            return filter;
        }

        private Filter or(int depth) {
            List<Filter> operands = new ArrayList<>(1);
            do {
                operands.add(and(depth));
            } while (word("or"));
            return operands.size() == 1 ? operands.get(0) : new Filter.Or(operands);
        }

        private Filter and(int depth) {
            List<Filter> operands = new ArrayList<>(1);
            do {
                operands.add(unary(depth));
            } while (word("and"));
            return operands.size() == 1 ? operands.get(0) : new Filter.And(operands);
        }

        private Filter unary(int depth) {
            if (depth > MAX_DEPTH) {
                throw fault("nested deeper than " + MAX_DEPTH);
            }
            skipSpace();
            if (peek() == '(') {
                return group(depth);
            }
            int start = at;
            String name = token();
            if (name.equalsIgnoreCase("not")) {
                skipSpace();
                if (peek() == '(') {
                    return new Filter.Not(group(depth));
                }
            }
            if (name.isEmpty()) {
                throw fault("want an attribute name, \"not\" or \"(\"");
            }
            return peek() == '[' ? valuePath(start, name, depth) : clause(start, name);
        }

        private Filter group(int depth) {
            at++;
            Filter filter = or(depth + 1);
            close(')');
            return filter;
        }

        private Filter valuePath(int start, String name, int depth) {
            if (scope != null) {
                throw faultAt(start, "a value path inside a value path");
            }
            AttributePath path = resolve(start, name);
            if (path.subAttribute() != null) {
                throw faultAt(start, "a value path selects among the values of an attribute, not of a sub-attribute");
            }
            at++;
            scope = path;
            Filter inner = or(depth + 1);
            close(']');
            if (peek() == '.') {
                // Entra looks for emails[type eq "work"].value eq "x", which the RFC's grammar does not have
                int partAt = ++at;
                inner = new Filter.And(List.of(inner, clause(partAt, token())));
            }
            scope = null;
            return new Filter.ValuePath(path, inner);
        }

        private Filter clause(int start, String name) {
            if (++clauses > MAX_CLAUSES) {
                throw faultAt(start, "more than " + MAX_CLAUSES + " clauses");
            }
            AttributePath path = resolve(start, name);
            skipSpace();
            int operatorAt = at;
            String word = token();
            if (word.equalsIgnoreCase("pr")) {
                return new Filter.Present(path);
            }
            Operator operator = Operator.of(word)
                    .orElseThrow(() -> faultAt(
                            operatorAt, "want an operator (eq ne co sw ew gt ge lt le pr), got " + quoted(word)));
            skipSpace();
            int valueAt = at;
            return comparison(path, operator, literal(path), valueAt);
        }

        private Filter comparison(AttributePath path, Operator operator, JsonNode literal, int valueAt) {
            if (literal.isNull()) {
                if (operator != Operator.EQ && operator != Operator.NE) {
                    throw faultAt(valueAt, "null can only be compared by eq and ne");
                }
                Filter present = new Filter.Present(path);
                return operator == Operator.NE ? present : new Filter.Not(present);
            }
            AttributePath leaf = path;
            if (path.target().isComplex()) {
                leaf = path.target()
                        .subAttribute("value")
                        .map(path::child)
                        .orElseThrow(() -> faultAt(
                                valueAt, path + " is complex and has no value to compare; name one of its parts"));
            }
            JsonNode value = Dialect.literal(leaf.target(), literal);
            String wrong = mismatch(leaf.target(), operator, value);
            if (wrong != null) {
                throw faultAt(valueAt, leaf + " is " + leaf.target().type().keyword() + ": " + wrong);
            }
            return new Filter.Comparison(leaf, operator, value);
        }

        private AttributePath resolve(int start, String name) {
            AttributePath within = scope;
            if (within == null) {
                return AttributePath.resolve(name, type)
                        .or(() -> AttributePath.resolveInExtensions(name, type))
                        .orElseThrow(() -> unknown(start, name, type.name()));
            }
            if (!within.attribute().isComplex() && name.equalsIgnoreCase("value")) {
                return within;
            }
            Optional<AttributeDefinition> part = within.attribute().subAttribute(name);
            return part.map(within::child).orElseThrow(() -> unknown(start, name, within.notation()));
        }

        private ScimException unknown(int start, String name, String of) {
            return faultAt(start, of + " has no attribute " + quoted(name));
        }

        private JsonNode literal(AttributePath path) {
            int start = at;
            if (peek() == '"') {
                return string(start);
            }
            while (at < text.length() && " \t()[]\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(start, at);
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "true" -> BooleanNode.TRUE;
                case "false" -> BooleanNode.FALSE;
                case "null" -> NullNode.getInstance();
                default ->
                    Dialect.takesBareWord(path) && word.matches("[A-Za-z]+")
                            ? TextNode.valueOf(word)
                            : number(start, word);
            };
        }

        private JsonNode string(int start) {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (at >= text.length()) {
                at = text.length();
                throw faultAt(start, "a string without its closing quote");
            }
            at++;
            try {
                JsonNode literal = JSON.readTree(text.substring(start, at));
                if (!Json.isStorable(literal.textValue())) {
                    throw faultAt(start, "a string with a character that no value has");
                }
                return literal;
            } catch (JsonProcessingException e) {
                throw faultAt(start, "a string that is no JSON string");
            }
        }

        private JsonNode number(int start, String word) {
            if (!word.matches("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")) {
                throw faultAt(
                        start,
                        "want a value (a string in double quotes, a number, true, false or null), got " + quoted(word));
            }
            BigDecimal number = new BigDecimal(word).stripTrailingZeros();
            if (Math.abs(number.scale()) > MAX_EXPONENT) {
                throw faultAt(start, "a number with an exponent beyond " + MAX_EXPONENT);
            }
            return number.scale() <= 0 && number.precision() - number.scale() <= 18
                    ? LongNode.valueOf(number.longValueExact())
                    : DecimalNode.valueOf(number);
        }

        /** Takes the word if it comes next as a whole word. */
        private boolean word(String word) {
            int before = at;
            skipSpace();
            boolean spaced = at > before || (before > 0 && text.charAt(before - 1) == ')');
            int end = at + word.length();
            boolean ends = end < text.length() && " \t(".indexOf(text.charAt(end)) >= 0;
            if (spaced && ends && text.regionMatches(true, at, word, 0, word.length())) {
                at = end;
                return true;
            }
            // the next word to be tried needs to see the space before it
            at = before;
            return false;
        }

        private String token() {
            int start = at;
            while (at < text.length() && isNameChar(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private void close(char bracket) {
            skipSpace();
            if (peek() != bracket) {
                throw fault("want \"" + bracket + '"');
            }
            at++;
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private ScimException fault(String detail) {
            String got = at < text.length() ? quoted(text.substring(at, Math.min(text.length(), at + 20))) : "the end";
            return faultAt(at, detail + ", got " + got);
        }

        private ScimException faultAt(int position, String detail) {
            return ScimException.invalidFilter("filter, position " + position + ": " + detail);
        }
    }

    /** Why the operator and value do not fit the attribute, or null if they do. */
    private static @Nullable String mismatch(AttributeDefinition attribute, Operator operator, JsonNode value) {
        AttributeType type = attribute.type();
        boolean fits = type == AttributeType.BOOLEAN
                ? value.isBoolean()
                : type.isNumber() ? value.isNumber() : value.isTextual();
        if (!fits) {
            return "it cannot be compared with " + quoted(value.toString());
        }
        if (type == AttributeType.DATE_TIME && DateTime.parse(value.textValue()).isEmpty()) {
            return "want a dateTime such as 2011-05-13T04:42:34Z, got " + quoted(value.textValue());
        }
        boolean unordered = type == AttributeType.BOOLEAN || type == AttributeType.BINARY;
        boolean opaque = unordered || type.isNumber() || type == AttributeType.DATE_TIME;
        if ((operator.isOrdering() && unordered) || (operator.isSubstring() && opaque)) {
            return "it cannot be compared by " + operator.keyword();
        }
        return null;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.:$".indexOf(c) >= 0;
    }

    private static String quoted(String text) {
        return ScimException.quoted(text);
    }
}
