/** Connections: what a realm agrees with each provisioning client, and that both sides keep to it. */
@NullMarked
package dev.keyledger.e2e.connection;

import org.jspecify.annotations.NullMarked;
