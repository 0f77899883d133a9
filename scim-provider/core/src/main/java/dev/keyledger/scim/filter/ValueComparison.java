package dev.keyledger.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.DateTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Compares one stored value with a filter's value by the rules of the attribute's type. A value of a wrong type never matches. */
final class ValueComparison {
    private ValueComparison() {}

    /** Whether {@code stored operator wanted} holds; {@link Operator#NE} is not asked here, it is the complement of EQ. */
    static boolean holds(AttributeDefinition attribute, JsonNode stored, Operator operator, JsonNode wanted) {
        if (attribute.type() == AttributeType.BOOLEAN) {
            return stored.isBoolean() && operator == Operator.EQ && stored.booleanValue() == wanted.booleanValue();
        }
        if (attribute.type().isNumber()) {
            return stored.isNumber() && ordered(stored.decimalValue().compareTo(wanted.decimalValue()), operator);
        }
        if (!stored.isTextual()) {
            return false;
        }
        if (attribute.type() == AttributeType.DATE_TIME) {
            Optional<Instant> left = DateTime.parse(stored.textValue());
            Optional<Instant> right = DateTime.parse(wanted.textValue());
            return left.isPresent() && right.isPresent() && ordered(left.get().compareTo(right.get()), operator);
        }
        return attribute.caseExact()
                ? text(stored.textValue(), operator, wanted.textValue())
                : text(fold(stored.textValue()), operator, fold(wanted.textValue()));
    }

    /** The form in which texts that compare without case are equal. */
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean text(String stored, Operator operator, String wanted) {
        return switch (operator) {
            case CO -> stored.contains(wanted);
            case SW -> stored.startsWith(wanted);
            case EW -> stored.endsWith(wanted);
            default -> ordered(stored.compareTo(wanted), operator);
        };
    }

    private static boolean ordered(int order, Operator operator) {
        return switch (operator) {
            case EQ -> order == 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            default -> false;
        };
    }
}
