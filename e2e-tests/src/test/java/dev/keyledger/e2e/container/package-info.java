/**
 * The shipped jar in containers: in Keycloak's own image, and in the image and composition of {@code docker/}.
 *
 * <p>{@link dev.keyledger.e2e.container.ContainerTest} needs a container engine and says so on standard output where none
 * answers. {@link dev.keyledger.e2e.container.Composition} reads {@code docker/compose.yaml}, so that the tests run what is
 * shipped and not a copy of it.
 */
@NullMarked
package dev.keyledger.e2e.container;

import org.jspecify.annotations.NullMarked;
