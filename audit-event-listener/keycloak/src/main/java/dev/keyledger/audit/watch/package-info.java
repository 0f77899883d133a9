/** Keycloak's own stores, under their own names, which in addition tell the log what Keycloak raises no event for. */
@NullMarked
package dev.keyledger.audit.watch;

import org.jspecify.annotations.NullMarked;
