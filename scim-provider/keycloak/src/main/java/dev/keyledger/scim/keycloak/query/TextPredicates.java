package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Operator;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.Locale;

/** Predicates over text columns, with SCIM's operators. For one query. */
public final class TextPredicates {
    private static final char ESCAPE = '!';

    private final CriteriaBuilder builder;

    /** Predicates built by that builder. */
    public TextPredicates(CriteriaBuilder builder) {
        this.builder = builder;
    }

    /** {@code column operator wanted}; a column without a value matches nothing. */
    public Predicate compare(Expression<String> column, TextCase textCase, Operator operator, String wanted) {
        Expression<String> left = textCase == TextCase.IGNORED ? builder.lower(column) : column;
        String right = textCase == TextCase.EXACT ? wanted : wanted.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case EQ -> builder.equal(left, right);
            case NE -> builder.notEqual(left, right);
            case CO -> builder.like(left, '%' + escape(right) + '%', ESCAPE);
            case SW -> builder.like(left, escape(right) + '%', ESCAPE);
            case EW -> builder.like(left, '%' + escape(right), ESCAPE);
            case GT -> builder.greaterThan(left, right);
            case GE -> builder.greaterThanOrEqualTo(left, right);
            case LT -> builder.lessThan(left, right);
            case LE -> builder.lessThanOrEqualTo(left, right);
        };
    }

    /** The column matches a pattern that {@link #escape} and {@code %} were put together to. */
    Predicate like(Expression<String> column, TextCase textCase, String pattern) {
        boolean exact = textCase == TextCase.EXACT;
        return builder.like(
                exact ? column : builder.lower(column), exact ? pattern : pattern.toLowerCase(Locale.ROOT), ESCAPE);
    }

    /** The text, standing for itself in a pattern. */
    static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
