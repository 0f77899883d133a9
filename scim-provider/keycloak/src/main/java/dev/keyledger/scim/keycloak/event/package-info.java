/**
 * Makes every change and every refused request visible as a Keycloak admin event.
 *
 * <p>A change is one event in the request's own transaction. A request that is refused or fails is one event in a transaction of its own, after the rollback, so that the record outlives what it records.
 *
 * <p>Place: above {@code connection}.
 */
@NullMarked
package dev.keyledger.scim.keycloak.event;

import org.jspecify.annotations.NullMarked;
