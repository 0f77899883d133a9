/**
 * How staged entries become leaves: {@link dev.keyledger.log.sequence.Sequencer} is the pure step, {@link
 * dev.keyledger.log.sequence.LogStorage} the port to the database, and {@link dev.keyledger.log.sequence.Log} drives
 * the two transactions, states their commit points and keeps the one rule of a log: never sign two roots for one size.
 * {@link dev.keyledger.log.sequence.OutsideMemory} is the port to whoever remembers the log when the database does not.
 * Stands on {@code checkpoint}, {@code tile} and {@code merkle}.
 */
@NullMarked
package dev.keyledger.log.sequence;

import org.jspecify.annotations.NullMarked;
