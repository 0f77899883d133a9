/**
 * What a realm has agreed with each of its provisioning clients: the connections, as they are kept.
 *
 * <p>A contract is a component of its realm, in Keycloak's own words and tables: so it is in the realm's cache on every node,
 * leaves all of them when it changes, and goes with the realm's export and import. No secret is ever part of it.
 *
 * <p>Place: at the bottom; it knows nothing of requests.
 */
@NullMarked
package dev.keyledger.scim.keycloak.contract;

import org.jspecify.annotations.NullMarked;
