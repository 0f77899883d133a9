/**
 * Attribute notation (RFC 7644 section 3.10): the names by which filters, patch operations, projections and sorting refer to
 * attributes, resolved against the schemas of a resource type.
 *
 * <p>A path that exists is a path that means something: {@link dev.keyledger.scim.path.AttributePath} always holds the
 * definitions it leads to, so that nobody above has to ask again whether an attribute is known, or of which type it is.
 *
 * <p>Place: above {@code resource}, below {@code filter}.
 */
@NullMarked
package dev.keyledger.scim.path;

import org.jspecify.annotations.NullMarked;
