/**
 * HTTP: routes, bodies, headers and status codes of the SCIM protocol.
 *
 * <p>Every answer, refusals included, is a SCIM message of type {@code application/scim+json}. Whatever fails rolls the request's transaction back.
 *
 * <p>Place: above the stores; only the provider stands on it.
 */
@NullMarked
package dev.keyledger.scim.keycloak.endpoint;

import org.jspecify.annotations.NullMarked;
