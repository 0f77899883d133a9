/**
 * A real Keycloak with the shipped jar, started and stopped by a test or by the demo.
 *
 * <p>{@link dev.keyledger.e2e.DistLauncher} turns the unpacked distribution and the jar into a running
 * {@link dev.keyledger.e2e.KeycloakServer}; {@link dev.keyledger.e2e.Http} and {@link dev.keyledger.e2e.AdminClient} talk to
 * it as any client would. Nothing here reaches into the server's process: what is not on the wire or in the database cannot
 * be seen. This package depends on the JDK and Jackson only.
 */
@NullMarked
package dev.keyledger.e2e;

import org.jspecify.annotations.NullMarked;
