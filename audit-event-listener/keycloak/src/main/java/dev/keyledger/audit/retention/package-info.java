/**
 * Archives: ranges of sealed logs in files of their own, each read back and verified before the log says that it is
 * there. Stands on {@code storage}, {@code archive} and {@code runtime}.
 */
@NullMarked
package dev.keyledger.audit.retention;

import org.jspecify.annotations.NullMarked;
