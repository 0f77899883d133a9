/**
 * The outside memory as files: the newest checkpoints of all logs of one installation, appended on a volume that does
 * not come back when the database is restored. Knows no database and no log; stands on {@code checkpoint} and {@code
 * json}.
 */
@NullMarked
package dev.keyledger.log.witness;

import org.jspecify.annotations.NullMarked;
