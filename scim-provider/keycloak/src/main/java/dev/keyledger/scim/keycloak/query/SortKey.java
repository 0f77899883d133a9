package dev.keyledger.scim.keycloak.query;

import jakarta.persistence.criteria.Expression;
import java.util.List;

/**
 * What rows are ordered by.
 *
 * @param expression a text, number or boolean
 * @param unique     whether no two rows of the query have the same; then there always is one
 * @param constants  columns that are the same in all rows of the query and stand before this one in an index that has the rows
 *                   in this order: H2 looks for such an index by all columns of an order
 */
public record SortKey(Expression<?> expression, boolean unique, List<Expression<?>> constants) {
    /** Copies the list. */
    public SortKey {
        constants = List.copyOf(constants);
    }

    /** What several rows can have in common, and rows can lack. */
    public static SortKey of(Expression<?> expression) {
        return new SortKey(expression, false, List.of());
    }
}
