/**
 * C2SP checkpoints: the signed statement that a log of this origin has this size and this root. Cosignatures of
 * witnesses and the policy that says which of them an auditor wants are here too, and the {@code .tlog-proof} file that
 * ties one entry to a checkpoint. Stands on {@code note} and {@code merkle}.
 */
@NullMarked
package dev.keyledger.log.checkpoint;

import org.jspecify.annotations.NullMarked;
