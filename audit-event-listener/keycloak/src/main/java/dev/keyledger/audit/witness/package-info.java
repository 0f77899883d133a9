/**
 * The outside memory of this node: {@link dev.keyledger.audit.witness.FileWitness} on files of another volume, with its
 * alarms. Stands on the pure log alone.
 */
@NullMarked
package dev.keyledger.audit.witness;

import org.jspecify.annotations.NullMarked;
