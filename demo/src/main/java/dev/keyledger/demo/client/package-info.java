/** The three that talk SCIM to Keycloak, each with the requests that the real one sends. */
@NullMarked
package dev.keyledger.demo.client;

import org.jspecify.annotations.NullMarked;
