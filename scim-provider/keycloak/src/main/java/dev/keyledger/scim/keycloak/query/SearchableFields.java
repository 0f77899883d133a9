package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.path.AttributePath;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

/**
 * Where one kind of resource keeps its attributes in the database, for a query over it.
 *
 * <p>Every method throws {@code invalidFilter} for what the database cannot be asked.
 */
public interface SearchableFields {
    /** At least one value at the path compares as asked; never called with {@code ne}. */
    Predicate compare(AttributePath path, Operator operator, JsonNode value);

    /** There is a value at the path. */
    Predicate isPresent(AttributePath path);

    /** Some one value of the multi-valued attribute matches the whole inner filter. */
    Predicate someElement(AttributePath path, Filter inner);

    /** What to order by for that path. */
    Expression<?> sortKey(AttributePath path);
}
