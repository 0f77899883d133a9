/**
 * Resources as JSON trees: {@link dev.keyledger.scim.resource.Resource} with its {@code meta} and its version, the
 * {@link dev.keyledger.scim.resource.Change} between two states of one, and {@link dev.keyledger.scim.resource.JsonBody},
 * the strict way from a request's bytes to a tree.
 *
 * <p>Trees instead of classes, because the attributes differ from realm to realm. Names compare in any case on the way in;
 * what the core hands out has the schema's spelling.
 *
 * <p>Place: above {@code schema}, below {@code path}.
 */
@NullMarked
package dev.keyledger.scim.resource;

import org.jspecify.annotations.NullMarked;
