/**
 * PATCH (RFC 7644 section 3.5.2): the operations of a request, read in the RFC's forms and in its clients' dialects, and
 * applied to a resource, all or none.
 *
 * <p>Operations on a group's members never load them: they become a {@link dev.keyledger.scim.patch.MembershipDelta}.
 *
 * <p>Place: above {@code filter} and {@code validate}, below {@code service}.
 */
@NullMarked
package dev.keyledger.scim.patch;

import org.jspecify.annotations.NullMarked;
