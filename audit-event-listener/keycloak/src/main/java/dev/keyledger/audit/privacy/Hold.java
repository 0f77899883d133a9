package dev.keyledger.audit.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A legal hold on a person.
 *
 * @param subject the reference to the person
 * @param since epoch milliseconds, as is the end
 * @param until exclusive; null until it is released
 */
public record Hold(
        String subject, String reason, long since, @Nullable Long until) {
    boolean isInForce(long now) {
        return until == null || now < until;
    }
}
