package dev.keyledger.log.verify;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.note.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor brings along.
 *
 * @param keys the log's keys that the auditor trusts; when empty, and the policy names none, the bundle's own are used
 *     and the report says so
 * @param policy which witnesses must have cosigned; null for none
 * @param since the checkpoint that the auditor kept from last time; null for none
 */
public record VerifyOptions(
        List<VerifierKey> keys,
        @Nullable WitnessPolicy policy,
        @Nullable SignedCheckpoint since) {
    public VerifyOptions {
        keys = List.copyOf(keys);
    }

    /** Brings nothing along. */
    public static VerifyOptions none() {
        return new VerifyOptions(List.of(), null, null);
    }
}
