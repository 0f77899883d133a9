/**
 * The words that every part of the SCIM protocol core shares: {@link dev.keyledger.scim.ScimException}, the one way in which
 * a request fails, and {@link dev.keyledger.scim.ScimType}, the keyword that tells its client why.
 *
 * <p>The core is the protocol of RFC 7643 and RFC 7644 and nothing else: it reads JSON trees, decides, and talks to a store
 * through one port. It knows no HTTP server, no database and no Keycloak.
 *
 * <p>Place: the bottom of the graph. {@code schema}, {@code resource}, {@code path}, {@code validate}, {@code filter},
 * {@code patch}, {@code project}, {@code message}, {@code service} stand on it in this order.
 */
@NullMarked
package dev.keyledger.scim;

import org.jspecify.annotations.NullMarked;
