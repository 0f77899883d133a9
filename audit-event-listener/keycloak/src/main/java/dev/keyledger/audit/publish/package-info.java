/**
 * The log for everybody: its signed part as C2SP tlog-tiles, over HTTP and in a folder. Both are off unless an option
 * says otherwise. The leaves name nobody; what they do show is in docs/threat-model.md. Stands on {@code runtime} and
 * {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.publish;

import org.jspecify.annotations.NullMarked;
