package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.List;

/**
 * The predicate that one row, which keeps one value of a multi-valued attribute, matches the inside of a value path.
 *
 * <p>Long texts stand in a column of their own, so a row matches in either.
 */
public final class ElementPredicates implements FilterVisitor<Predicate> {
    private final CriteriaBuilder builder;
    private final TextPredicates texts;
    private final List<Expression<String>> columns;

    /** Predicates over the rows whose JSON text is in one of these columns. */
    public ElementPredicates(CriteriaBuilder builder, List<Expression<String>> columns) {
        this.builder = builder;
        this.texts = new TextPredicates(builder);
        this.columns = List.copyOf(columns);
    }

    /** The row has that part. */
    public Predicate has(AttributeDefinition part) {
        return matches(TextCase.EXACT, ElementPatterns.present(part));
    }

    /** The part of the row compares as asked; never called with {@code ne}. */
    public Predicate compare(AttributeDefinition part, Operator operator, JsonNode value) {
        TextCase textCase = part.caseExact() || !part.type().isText() ? TextCase.EXACT : TextCase.IGNORED;
        return matches(textCase, ElementPatterns.compare(part, operator, value));
    }

    @Override
    public Predicate visit(Filter.And and) {
        return builder.and(and.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Or or) {
        return builder.or(or.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Not not) {
        return builder.not(not.operand().accept(this));
    }

    @Override
    public Predicate visit(Filter.Comparison comparison) {
        AttributeDefinition part = part(comparison.path());
        return comparison.operator() == Operator.NE
                ? builder.not(compare(part, Operator.EQ, comparison.value()))
                : compare(part, comparison.operator(), comparison.value());
    }

    @Override
    public Predicate visit(Filter.Present present) {
        return has(part(present.path()));
    }

    @Override
    public Predicate visit(Filter.ValuePath valuePath) {
        throw ScimException.invalidFilter("a value path cannot stand inside another");
    }

    private Predicate matches(TextCase textCase, String pattern) {
        // a missing column is null, and "not null" would be neither true nor false under a not: hence the test
        return builder.or(columns.stream()
                .map(column -> builder.and(builder.isNotNull(column), texts.like(column, textCase, pattern)))
                .toArray(Predicate[]::new));
    }

    private static AttributeDefinition part(AttributePath path) {
        return path.target();
    }
}
