/**
 * Turns SCIM filters and sort keys into JPA criteria, so that the database and not this process looks through the resources.
 *
 * <p>Nothing is ever filtered in memory: what no predicate can say is refused with {@code invalidFilter}. Attributes with several values are stored as JSON objects whose members stand in a fixed order, which is what makes their parts answerable by text patterns.
 *
 * <p>Place: above the core's filters; stands on JPA.
 */
@NullMarked
package dev.keyledger.scim.keycloak.query;

import org.jspecify.annotations.NullMarked;
