/**
 * SCIM 2.0 served by Keycloak: the thin rim between JAX-RS, Keycloak's models and the protocol core.
 *
 * <p>Every realm answers at {@code /realms/{realm}/scim/v2}. This package holds the provider that Keycloak loads and nothing
 * else; the request's way is {@code endpoint} (HTTP) over {@code connection} (who asks) to the core's service, which calls
 * {@code user} and {@code group} (stores over Keycloak's models); {@code query} turns filters into database predicates,
 * {@code event} raises admin events, {@code server} is the one place that knows how Keycloak versions differ.
 *
 * <p>Place: on top of {@code endpoint}; nothing stands on it. The stores do not know HTTP, and no package here knows the audit
 * log, which learns of changes through Keycloak's admin events alone.
 */
@NullMarked
package dev.keyledger.scim.keycloak;

import org.jspecify.annotations.NullMarked;
