/** SCIM 2.0 served by Keycloak: the thin rim between JAX-RS, Keycloak's models and the protocol core. */
@NullMarked
package dev.keyledger.scim.keycloak;

import org.jspecify.annotations.NullMarked;
