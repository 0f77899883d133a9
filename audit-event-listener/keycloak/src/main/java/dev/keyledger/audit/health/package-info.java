/**
 * How the log is, for those who watch servers: checks of MicroProfile Health, which Keycloak finds in the jar when it is
 * built with {@code --health-enabled=true}, and meters for {@code --metrics-enabled=true}. Stands on {@code runtime}.
 */
@NullMarked
package dev.keyledger.audit.health;

import org.jspecify.annotations.NullMarked;
