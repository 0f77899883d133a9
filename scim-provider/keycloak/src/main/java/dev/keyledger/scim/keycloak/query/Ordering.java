package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyledger.scim.service.Position;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of one query, and what lies beyond a place in it. Rows without a key come last when ascending, first when
 * descending (RFC 7644 section 3.4.2.3); rows of the same key are ordered by their ids, so that pages neither repeat nor skip.
 */
final class Ordering {
    private final CriteriaBuilder builder;
    private final SortKey key;
    private final Expression<String> id;
    private final boolean ascending;
    private final boolean idAscending;

    /** The order by that key; {@code backwards} reads it from its end. */
    Ordering(CriteriaBuilder builder, SortKey key, Expression<String> id, boolean descending, boolean backwards) {
        this.builder = builder;
        this.key = key;
        this.id = id;
        this.ascending = descending == backwards;
        this.idAscending = !backwards;
    }

    List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        key.constants().forEach(constant -> orders.add(order(constant, ascending)));
        if (key.unique()) {
            orders.add(order(key.expression(), ascending));
            return orders;
        }
        orders.add(ascending ? builder.asc(key.expression(), Nulls.LAST) : builder.desc(key.expression(), Nulls.FIRST));
        orders.add(order(id, idAscending));
        return orders;
    }

    /** The rows behind that place. */
    Predicate beyond(Position place) {
        if (key.unique()) {
            return past(key.expression(), place.key(), ascending);
        }
        Predicate idBeyond = idAscending ? builder.greaterThan(id, place.id()) : builder.lessThan(id, place.id());
        Predicate absent = builder.isNull(key.expression());
        Predicate present = builder.isNotNull(key.expression());
        if (place.key().isNull()) {
            Predicate sameKey = builder.and(absent, idBeyond);
            return ascending ? sameKey : builder.or(present, sameKey);
        }
        Predicate later = builder.and(
                present,
                builder.or(
                        past(key.expression(), place.key(), ascending),
                        builder.and(builder.equal(key.expression(), value(place.key())), idBeyond)));
        return ascending ? builder.or(later, absent) : later;
    }

    /** The value of a sort key as a position keeps it. */
    static JsonNode json(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof Number number) {
            return nodes.numberNode(number.longValue());
        }
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        return value == null ? nodes.nullNode() : nodes.textNode(value.toString());
    }

    private static Comparable<?> value(JsonNode key) {
        return key.isTextual()
                ? key.textValue()
                : key.isBoolean() ? (Comparable<?>) key.booleanValue() : key.longValue();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Predicate past(Expression<?> expression, JsonNode border, boolean greater) {
        Expression<? extends Comparable> left = (Expression<? extends Comparable>) expression;
        Comparable right = value(border);
        return greater ? builder.greaterThan(left, right) : builder.lessThan(left, right);
    }

    private Order order(Expression<?> expression, boolean up) {
        return up ? builder.asc(expression) : builder.desc(expression);
    }
}
