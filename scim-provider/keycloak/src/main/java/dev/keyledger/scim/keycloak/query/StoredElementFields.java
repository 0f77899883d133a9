package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.List;
import java.util.function.Function;

/**
 * The parts of one value of a multi-valued attribute that a row keeps, as {@link StoredElements} says. For one query.
 *
 * <p>Long texts stand in a column of their own, so a row matches in either.
 */
public final class StoredElementFields implements Searchable {
    private static final int MAX_SORT_TEXT = 255;

    private final CriteriaBuilder builder;
    private final TextPredicates texts;
    private final StoredElementText parts;
    private final List<Expression<String>> columns;

    /** The values whose text is in one of these columns of a row. */
    public StoredElementFields(CriteriaBuilder builder, List<Expression<String>> columns) {
        this.builder = builder;
        this.texts = new TextPredicates(builder);
        this.parts = new StoredElementText(builder);
        this.columns = List.copyOf(columns);
    }

    @Override
    public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
        AttributeDefinition part = path.target();
        TextCase textCase = part.caseExact() ? TextCase.EXACT : TextCase.IGNORED;
        if (path.subAttribute() == null) {
            return some(column -> texts.compareText(column, textCase, operator, value.asText()));
        }
        if (!part.type().isText()) {
            return some(column -> parts.hasLiteral(column, part, value));
        }
        String wanted = value.asText();
        return some(column -> {
            Predicate inJson = builder.and(
                    parts.hasText(column, part),
                    texts.compareText(parts.text(column, part), textCase, operator, wanted));
            return StoredElements.isValue(part)
                    ? builder.or(
                            inJson,
                            builder.and(
                                    builder.not(parts.isJson(column)),
                                    texts.compareText(column, textCase, operator, wanted)))
                    : inJson;
        });
    }

    @Override
    public Predicate isPresent(AttributePath path) {
        return path.subAttribute() == null ? some(column -> builder.conjunction()) : has(path.subAttribute());
    }

    /** The row is a whole element or its head, not a piece of a long text ({@link LongElements}). */
    public Predicate isElement() {
        return some(column -> builder.not(parts.isPiece(column)));
    }

    /** The row has a member that the attribute does not define. */
    public Predicate has(String member) {
        return some(column -> parts.has(column, member));
    }

    /** The row has a member, which the attribute does not define, with that text. */
    public Predicate says(String member, Expression<String> text) {
        return some(column -> parts.says(column, member, text));
    }

    /** The row has that part, a boolean, and it is true. */
    public Predicate isTrue(AttributeDefinition part) {
        return some(column -> parts.hasLiteral(column, part, BooleanNode.TRUE));
    }

    /** What is at the path as a text in the form by which it sorts, or null where the row does not have it. */
    public Expression<String> sortText(AttributePath path) {
        AttributeDefinition part = path.target();
        CriteriaBuilder.Case<String> text = builder.selectCase();
        for (Expression<String> column : columns) {
            if (path.subAttribute() == null) {
                text = text.when(builder.isNotNull(column), sortText(part, column));
            } else if (!part.type().isText()) {
                text = text.when(isTrue(part), "true").when(has(part), "false");
            } else {
                text = text.when(parts.hasText(column, part), sortText(part, parts.text(column, part)));
                if (StoredElements.isValue(part)) {
                    text = text.when(
                            builder.and(builder.isNotNull(column), builder.not(parts.isJson(column))),
                            sortText(part, column));
                }
            }
        }
        return text.otherwise(builder.nullLiteral(String.class));
    }

    private Expression<String> sortText(AttributeDefinition part, Expression<String> text) {
        Expression<String> beginning = builder.substring(text, 1, MAX_SORT_TEXT);
        return part.caseExact() ? beginning : builder.lower(beginning);
    }

    /** What orders the rows of an attribute as the client did; the first expression by which two rows differ decides. */
    public List<Expression<?>> position(Expression<String> beginning) {
        return List.of(
                builder.<Integer>selectCase().when(parts.isJson(beginning), 0).otherwise(1),
                parts.positionLength(beginning),
                beginning);
    }

    /** The row has that part. */
    public Predicate has(AttributeDefinition part) {
        return some(column -> StoredElements.isValue(part)
                ? builder.or(parts.has(column, part), builder.not(parts.isJson(column)))
                : parts.has(column, part));
    }

    /** A column that is null would make a comparison neither true nor false: hence the test. */
    private Predicate some(Function<Expression<String>, Predicate> condition) {
        return builder.or(columns.stream()
                .map(column -> builder.and(builder.isNotNull(column), condition.apply(column)))
                .toArray(Predicate[]::new));
    }
}
