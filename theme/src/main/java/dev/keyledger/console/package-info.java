/**
 * How the pages get into the stock admin console: a theme selector that serves our child of the stock theme, and the
 * one question that the child's script asks the server.
 *
 * <p>The theme {@code keyledger} has no template. It inherits everything from {@code keycloak.v2} and adds a single
 * script (the build writes its content-hashed name into {@code theme.properties}), so a patch release of the console
 * needs no new build of ours. What the pages show comes from the audit log's admin REST, in another module; nothing here
 * knows it. Top of the DAG: depends on Keycloak only, and nothing but the jar depends on it.
 */
@NullMarked
package dev.keyledger.console;

import org.jspecify.annotations.NullMarked;
