package dev.keyledger.benchmarks.load;

import org.jspecify.annotations.Nullable;

/** What one client of a scenario sends, request after request. */
@FunctionalInterface
interface Script {
    /** The next request, or null when the round's supply is used up. */
    @Nullable
    Request next();
}
