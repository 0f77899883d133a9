/**
 * Tables of our own, beside Keycloak's: the provisioning tokens of connections.
 *
 * <p>A row is found by a primary key or an index, in the transaction of the request. Nothing is cached, so what one node revokes
 * no node honours any more.
 *
 * <p>Place: at the bottom, beside {@code contract}.
 */
@NullMarked
package dev.keyledger.scim.keycloak.storage;

import org.jspecify.annotations.NullMarked;
