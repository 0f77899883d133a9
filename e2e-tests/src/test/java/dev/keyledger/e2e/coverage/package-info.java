/** What the log holds of everything that can be done to a Keycloak: exercised, written down, and compared. */
@NullMarked
package dev.keyledger.e2e.coverage;

import org.jspecify.annotations.NullMarked;
