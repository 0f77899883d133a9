/**
 * Tells the signed logs to those outside who want to know as it happens: a syslog receiver, the server's own log, the
 * webhooks of a realm. Every node does; a row decides which of them tells whom. Stands on {@code runtime}, {@code
 * storage} and {@code key}.
 */
@NullMarked
package dev.keyledger.audit.sink;

import org.jspecify.annotations.NullMarked;
