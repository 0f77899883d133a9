package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.path.AttributePath;
import jakarta.persistence.criteria.Predicate;

/**
 * What a filter can ask of a resource, or of one value of a multi-valued attribute, as predicates for one query.
 *
 * <p>Every predicate is true or false, never SQL's third value: what is not there matches nothing, so that {@code not} of it
 * matches. Every method throws {@code invalidFilter} for what the database cannot be asked.
 */
public interface Searchable {
    /** At least one value at the path compares as asked; never called with {@code ne}. */
    Predicate compare(AttributePath path, Operator operator, JsonNode value);

    /** There is a value at the path. */
    Predicate isPresent(AttributePath path);

    /** Some one value of the multi-valued attribute matches the whole inner filter; a value itself has no such attributes. */
    default Predicate someElement(AttributePath path, Filter inner) {
        throw ScimException.invalidFilter("a value path cannot stand inside another");
    }
}
