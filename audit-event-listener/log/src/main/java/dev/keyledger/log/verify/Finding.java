package dev.keyledger.log.verify;

import org.jspecify.annotations.Nullable;

/**
 * One line of a report.
 *
 * @param check what was looked at, one word: {@code manifest}, {@code signature}, {@code entries}...
 * @param message one printable line, which names the entry or range where there is one
 * @param span the entries concerned; null when the finding is about the bundle as a whole
 */
public record Finding(
        Status status,
        String check,
        String message,
        @Nullable Span span) {
    /** What a finding means for the verdict. */
    public enum Status {
        /** Holds. */
        OK,
        /** Was not asked for, or there is nothing to look at. */
        SKIP,
        /** Wanted and not there; nothing contradicts. Makes the verdict {@link Verdict#INCOMPLETE}. */
        LACKING,
        /** Contradicts. Makes the verdict {@link Verdict#TAMPERED}. */
        FAIL;

        /** The word at the start of the line: what is lacking is a {@code FAIL} to whoever wanted it. */
        public String label() {
            return this == LACKING ? "FAIL" : name();
        }
    }

    /** The entries {@code [from, to)}. */
    public record Span(long from, long to) {
        @Override
        public String toString() {
            return to == from + 1 ? "entry " + from : "entries [" + from + ", " + to + ")";
        }
    }

    /** The line as the command prints it. */
    public String format() {
        return String.format("%-4s %-12s %s", status.label(), check, message);
    }
}
