package dev.keyledger.audit.privacy;

/** Something that was asked for and is not done; nothing was changed. The message says why, and names nobody. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;

    RefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /** Of which kind the reason is. */
    public enum Why {
        /** The log knows nobody like this, or nothing any more. */
        UNKNOWN,
        /** A legal hold is on the person. */
        HELD,
        /** The person is being erased. */
        UNDER_WAY,
        /** The log is halted and takes no entry. */
        HALTED,
        /** The words that are to be recorded for ever name the person. */
        NAMES_PERSON
    }
}
