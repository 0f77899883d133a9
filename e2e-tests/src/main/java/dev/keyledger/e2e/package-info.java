/** A real Keycloak with the shipped jar, started and stopped by a test or by the demo. */
@NullMarked
package dev.keyledger.e2e;

import org.jspecify.annotations.NullMarked;
