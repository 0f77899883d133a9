/**
 * What differs between the Keycloak versions that this jar runs on.
 *
 * <p>Everything else in this module calls Keycloak in ways that every supported version has; what one of them lacks or names differently is asked here and nowhere else.
 *
 * <p>Place: at the bottom; stands on Keycloak alone.
 */
@NullMarked
package dev.keyledger.scim.keycloak.server;

import org.jspecify.annotations.NullMarked;
