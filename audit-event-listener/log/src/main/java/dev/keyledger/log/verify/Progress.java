package dev.keyledger.log.verify;

/** Is told now and then how far a verification has come, on the thread that verifies. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total} entries have been looked at; every 256 entries. */
    void reached(long done, long total);
}
