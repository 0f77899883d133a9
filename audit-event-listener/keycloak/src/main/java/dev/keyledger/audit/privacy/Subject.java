package dev.keyledger.audit.privacy;

import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person, and what a realm's log holds about the person, in all epochs.
 *
 * @param reference opaque, and the same as long as the log holds anything and its master key is not replaced
 * @param userId null when all that was known is erased
 * @param names user names and e-mail addresses, present and former ones, as far as some 500 slots tell them
 * @param entries that have a slot of the person's; of an erased one, that had; 0 of one who is in archives only
 * @param hold null when there is none in force
 */
public record Subject(
        String reference,
        @Nullable String userId,
        SortedSet<String> names,
        long entries,
        State state,
        @Nullable Hold hold) {
    public Subject {
        names = new TreeSet<>(names);
    }

    /** What becomes of what is recorded. */
    public enum State {
        OPEN,
        HELD,
        ERASED;

        /** In lower case, for the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
