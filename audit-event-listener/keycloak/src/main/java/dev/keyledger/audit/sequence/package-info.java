/**
 * The thread that sequences and signs. Every node runs one; the head rows decide which of them works on which log.
 * Stands on {@code runtime} and {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.sequence;

import org.jspecify.annotations.NullMarked;
