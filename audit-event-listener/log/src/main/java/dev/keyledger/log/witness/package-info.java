/**
 * Memory outside the log, and what is said to and by witnesses: the newest checkpoints of all logs of one installation
 * as files on a volume that does not come back when the database is restored, and C2SP tlog-witness, both sides of it:
 * {@link dev.keyledger.log.witness.Submission} asks, {@link dev.keyledger.log.witness.AddCheckpoint} is judged. Knows no
 * database and no HTTP; stands on {@code checkpoint}, {@code tile} and {@code json}.
 */
@NullMarked
package dev.keyledger.log.witness;

import org.jspecify.annotations.NullMarked;
