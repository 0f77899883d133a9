package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.Map;

/**
 * Reads the JSON text of a {@link StoredElements stored element} in SQL that every database has: {@code locate},
 * {@code substring} and {@code replace}. For one query.
 *
 * <p>{@code "type":"} can only be the beginning of the member {@code type}, and the next quotation mark only its end, because
 * no value has a quotation mark in its stored form.
 */
final class StoredElementText {
    private static final String QUOTE = "\"";

    private final CriteriaBuilder builder;
    private final TextPredicates texts;

    /** Expressions built by that builder. */
    StoredElementText(CriteriaBuilder builder) {
        this.builder = builder;
        this.texts = new TextPredicates(builder);
    }

    /** The column keeps an element as JSON; otherwise all of its text is the element's value. */
    Predicate isJson(Expression<String> column) {
        return texts.startsWith(column, StoredElements.START);
    }

    /** The JSON is a piece of a long text. */
    Predicate isPiece(Expression<String> json) {
        return has(json, LongElements.OF);
    }

    /** The JSON has a member with that text, in which nothing needs an escape. */
    Predicate says(Expression<String> json, String member, Expression<String> text) {
        Expression<String> start = builder.concat(QUOTE + member + "\":\"", text);
        return builder.and(isJson(json), builder.gt(builder.locate(json, builder.concat(start, QUOTE)), 0));
    }

    /** The JSON has the part. */
    Predicate has(Expression<String> json, AttributeDefinition part) {
        return has(json, part.name());
    }

    /** The JSON has a member of that name. */
    Predicate has(Expression<String> json, String member) {
        return builder.and(isJson(json), texts.contains(json, QUOTE + member + "\":"));
    }

    /** The JSON has the part, a text. */
    Predicate hasText(Expression<String> json, AttributeDefinition part) {
        return builder.and(isJson(json), texts.contains(json, start(part) + QUOTE));
    }

    /** The JSON has the part with that value, a boolean or a number. */
    Predicate hasLiteral(Expression<String> json, AttributeDefinition part, JsonNode value) {
        String member = start(part) + value;
        return builder.and(
                isJson(json), builder.or(texts.contains(json, member + ','), texts.contains(json, member + '}')));
    }

    /** The text of the part where {@link #hasText} is true; elsewhere any text. It never fails. */
    Expression<String> text(Expression<String> json, AttributeDefinition part) {
        String start = start(part) + QUOTE;
        Expression<String> rest = builder.substring(json, builder.sum(builder.locate(json, start), start.length()));
        // the mark is put behind once more, because a database may look into rows that have no such part
        Expression<Integer> length = builder.diff(builder.locate(builder.concat(rest, QUOTE), QUOTE), 1);
        Expression<String> text = builder.substring(rest, builder.literal(1), length);
        for (Map.Entry<String, String> escape : StoredElements.ESCAPES.entrySet()) {
            text = builder.replace(text, escape.getKey(), escape.getValue());
        }
        return text;
    }

    /** Grows with the number of digits of the position, with which the JSON begins. */
    Expression<Integer> positionLength(Expression<String> json) {
        return builder.locate(builder.replace(json, "}", ","), ",");
    }

    private static String start(AttributeDefinition part) {
        return QUOTE + part.name() + "\":";
    }
}
