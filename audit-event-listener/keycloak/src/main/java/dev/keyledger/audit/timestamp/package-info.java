/**
 * Time stamps, RFC 3161: an authority outside says when a checkpoint existed. Stands on {@code runtime}, {@code storage}
 * and {@code witness}.
 */
@NullMarked
package dev.keyledger.audit.timestamp;

import org.jspecify.annotations.NullMarked;
