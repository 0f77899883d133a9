/**
 * Filters (RFC 7644 section 3.4.2.2): text to a resolved, type-checked tree, the tree back to text, and the tree applied to a
 * resource in memory.
 *
 * <p>{@link dev.keyledger.scim.filter.Filter} is a closed family; who turns one into a query implements
 * {@link dev.keyledger.scim.filter.FilterVisitor} and reads there what it may rely on. Parsing costs time and stack bounded by
 * constants of {@link dev.keyledger.scim.filter.FilterParser}, whatever the input.
 *
 * <p>Place: above {@code validate}, below {@code patch}.
 */
@NullMarked
package dev.keyledger.scim.filter;

import org.jspecify.annotations.NullMarked;
