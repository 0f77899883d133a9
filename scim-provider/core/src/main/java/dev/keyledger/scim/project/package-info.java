/**
 * Projection (RFC 7644 section 3.9): which of a resource's attributes a response shows.
 *
 * <p>{@link dev.keyledger.scim.project.Projection} combines what the client asked for with what the schema allows; a store
 * asks it before it loads what is expensive, such as the members of a group.
 *
 * <p>Place: above {@code path}, below {@code message}.
 */
@NullMarked
package dev.keyledger.scim.project;

import org.jspecify.annotations.NullMarked;
