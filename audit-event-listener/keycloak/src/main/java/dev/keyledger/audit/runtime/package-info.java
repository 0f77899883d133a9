/**
 * What one node keeps while it runs: keys, origins, the capture pipeline and the logs it has seen. Made once per server
 * by the event listener's factory and reached from the admin API through it. Stands on {@code capture}, {@code
 * storage} and {@code key}.
 */
@NullMarked
package dev.keyledger.audit.runtime;

import org.jspecify.annotations.NullMarked;
