package dev.keyledger.log.verify;

/** What a report comes to. */
public enum Verdict {
    /** Everything that was looked at holds. */
    VERIFIED,
    /** Something contradicts the signed checkpoint, or the bundle itself. */
    TAMPERED,
    /** Nothing contradicts, but something that was asked for is not there: a key, a quorum, a proof. */
    INCOMPLETE
}
