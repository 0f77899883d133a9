package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Operator;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.Locale;
import java.util.Set;

/** Predicates over texts in the database, with SCIM's operators. For one query. */
public final class TextPredicates {
    private static final char ESCAPE = '!';

    private final CriteriaBuilder builder;

    /** Predicates built by that builder. */
    public TextPredicates(CriteriaBuilder builder) {
        this.builder = builder;
    }

    /** {@code column operator wanted}; false, not unknown, for a column without a value. */
    public Predicate compare(Expression<String> column, TextCase textCase, Operator operator, String wanted) {
        return builder.and(builder.isNotNull(column), compareText(column, textCase, operator, wanted));
    }

    /** {@code text operator wanted} of what always has a value. */
    public Predicate compareText(Expression<String> text, TextCase textCase, Operator operator, String wanted) {
        Expression<String> left = textCase == TextCase.IGNORED ? builder.lower(text) : text;
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

    /** The column is one of these texts; an equality for a single one, because Hibernate makes the SQL of a list anew each time. */
    public Predicate isOneOf(Expression<String> column, Set<String> texts) {
        return texts.size() == 1 ? builder.equal(column, texts.iterator().next()) : column.in(texts);
    }

    /** The column has a text, and not an empty one. */
    public Predicate isPresent(Expression<String> column) {
        return builder.and(builder.isNotNull(column), builder.notEqual(column, ""));
    }

    /** The text contains that one. */
    Predicate contains(Expression<String> text, String part) {
        return builder.like(text, '%' + escape(part) + '%', ESCAPE);
    }

    /** The text begins with that one. */
    Predicate startsWith(Expression<String> text, String start) {
        return builder.like(text, escape(start) + '%', ESCAPE);
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
