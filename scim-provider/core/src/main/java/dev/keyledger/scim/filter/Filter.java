package dev.keyledger.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A filter over the resources of one type, resolved and type-checked against its schemas. RFC 7644 section 3.4.2.2.
 *
 * <p>What a translator may rely on: every path exists; a comparison's path never ends in a complex attribute ({@code emails eq}
 * has become {@code emails.value eq}); its value fits the type of {@code path.target()} (a boolean for a boolean, and so on)
 * and its operator is allowed for it; comparisons with {@code null} have become {@link Present} and {@link Not}; {@link And}
 * and {@link Or} have at least two operands and none of their own kind; nesting and size are bounded by {@link FilterParser}.
 * Inside a {@link ValuePath} the paths are those of its attribute's parts.
 *
 * <p>{@code toString()} prints a filter that parses to an equal one.
 */
public sealed interface Filter {
    /** The filter that the text is, for resources of that type; throws {@code invalidFilter} with the position of the fault. */
    static Filter parse(String text, ResourceType type) {
        return new FilterParser(type).parse(text);
    }

    /** Calls the visitor's method for this kind of filter. */
    <R> R accept(FilterVisitor<R> visitor);

    /** Whether the resource passes. */
    boolean matches(Resource resource);

    /** Whether one value of a multi-valued attribute passes this filter, taken as the inside of a value path. */
    boolean matchesElement(JsonNode element);

    /** {@code a and b and c}. */
    record And(List<Filter> operands) implements Filter {
        /** Takes in the operands of operands that are themselves an And. */
        public And {
            List<Filter> flat = new ArrayList<>();
            operands.forEach(operand -> flat.addAll(operand instanceof And and ? and.operands : List.of(operand)));
            operands = atLeastTwo(flat);
        }

        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return operands.stream().allMatch(operand -> operand.matches(resource));
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return operands.stream().allMatch(operand -> operand.matchesElement(element));
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    /** {@code a or b or c}. */
    record Or(List<Filter> operands) implements Filter {
        /** Takes in the operands of operands that are themselves an Or. */
        public Or {
            List<Filter> flat = new ArrayList<>();
            operands.forEach(operand -> flat.addAll(operand instanceof Or or ? or.operands : List.of(operand)));
            operands = atLeastTwo(flat);
        }

        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return operands.stream().anyMatch(operand -> operand.matches(resource));
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return operands.stream().anyMatch(operand -> operand.matchesElement(element));
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    /** {@code not (a)}. */
    record Not(Filter operand) implements Filter {
        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return !operand.matches(resource);
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return !operand.matchesElement(element);
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    /**
     * {@code userName sw "J"}. Text compares with or without case as the attribute says; dateTime by instant.
     *
     * @param path     what is compared, never a complex attribute
     * @param operator how
     * @param value    with what: a text, boolean or number that fits the path's type, never null
     */
    record Comparison(AttributePath path, Operator operator, JsonNode value) implements Filter {
        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return matches(path.values(resource));
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return matches(valuesOf(element, path));
        }

        private boolean matches(List<JsonNode> candidates) {
            if (operator == Operator.NE) {
                return candidates.stream().noneMatch(test(Operator.EQ));
            }
            return candidates.stream().anyMatch(test(operator));
        }

        private Predicate<JsonNode> test(Operator by) {
            return candidate -> ValueComparison.holds(path.target(), candidate, by, value);
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    /** {@code emails pr}: there is a value, and an empty one is none. */
    record Present(AttributePath path) implements Filter {
        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return isPresent(path.values(resource));
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return isPresent(valuesOf(element, path));
        }

        private static boolean isPresent(List<JsonNode> candidates) {
            return candidates.stream()
                    .anyMatch(value -> !(value.isTextual() && value.textValue().isEmpty()));
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    /**
     * {@code emails[type eq "work" and value co "@example.com"]}: some one value matches the whole inner filter.
     *
     * @param path   a whole attribute
     * @param filter what one value of it must match; its paths are {@code path.child(part)}, or {@code path} itself for
     *               {@code value} of an attribute whose values are not complex
     */
    record ValuePath(AttributePath path, Filter filter) implements Filter {
        @Override
        public <R> R accept(FilterVisitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public boolean matches(Resource resource) {
            return path.elements(resource).stream().anyMatch(filter::matchesElement);
        }

        @Override
        public boolean matchesElement(JsonNode element) {
            return filter.matchesElement(element);
        }

        @Override
        public String toString() {
            return FilterPrinter.print(this);
        }
    }

    private static List<Filter> atLeastTwo(List<Filter> operands) {
        if (operands.size() < 2) {
            throw new IllegalArgumentException(
                    "a logical filter has " + operands.size() + " operands, want at least 2");
        }
        return List.copyOf(operands);
    }

    private static List<JsonNode> valuesOf(JsonNode element, AttributePath path) {
        if (path.subAttribute() == null) {
            return List.of(element);
        }
        JsonNode value = element instanceof ObjectNode object
                ? Json.get(object, path.subAttribute().name())
                : null;
        return value == null || Json.isUnassigned(value) ? List.of() : List.of(value);
    }
}
