/**
 * SCIM over HTTP on a real Keycloak, on H2 and on PostgreSQL: what RFC 7643 and 7644 promise, what the large clients send, and
 * what a third-party client makes of it.
 */
@NullMarked
package dev.keyledger.e2e.scim;

import org.jspecify.annotations.NullMarked;
