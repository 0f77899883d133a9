/** The audit log inside Keycloak: the thin rim between Keycloak's events, its database and the transparency log. */
@NullMarked
package dev.keyledger.audit;

import org.jspecify.annotations.NullMarked;
