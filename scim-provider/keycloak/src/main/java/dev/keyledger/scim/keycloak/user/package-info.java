/**
 * The User resources of a realm, kept as Keycloak users.
 *
 * <p>{@code Account} is what Keycloak holds of one user, {@code UserMapping} is the pure translation between accounts and resources, and the store moves accounts in and out of Keycloak through its user profile, so that the realm's own rules hold for provisioned users too.
 *
 * <p>Place: above {@code connection}, {@code event}, {@code query} and {@code server}.
 */
@NullMarked
package dev.keyledger.scim.keycloak.user;

import org.jspecify.annotations.NullMarked;
