package dev.keyledger.scim.keycloak.storage;

import org.jspecify.annotations.Nullable;

/**
 * Requests of one connection, counted. Times are epoch milliseconds.
 *
 * @param requests   how many
 * @param errors     how many of them were answered with a status of 400 or more
 * @param last       when the last one was answered
 * @param lastStatus with which HTTP status
 * @param lastError  when the last error was answered; null if there was none
 */
public record Tally(
        long requests,
        long errors,
        long last,
        int lastStatus,
        @Nullable Long lastError) {
    private static final int FIRST_ERROR = 400;

    /** One request that was answered at that time with that status. */
    public static Tally of(long time, int status) {
        boolean error = status >= FIRST_ERROR;
        return new Tally(1, error ? 1 : 0, time, status, error ? time : null);
    }

    /** Both together; whichever is later says how the last one was. */
    public Tally plus(Tally other) {
        Tally later = other.last >= last ? other : this;
        return new Tally(
                requests + other.requests,
                errors + other.errors,
                later.last,
                later.lastStatus,
                later(lastError, other.lastError));
    }

    private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
