/**
 * Time stamps of RFC 3161, read and checked with the JDK alone. Stands on the exceptions of {@code dev.keyledger.log} only.
 */
@NullMarked
package dev.keyledger.log.timestamp;

import org.jspecify.annotations.NullMarked;
