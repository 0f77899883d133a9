/**
 * Load on running servers: Keyledger beside Keycloak's native SCIM, and Keyledger beside itself.
 *
 * <p>A {@link dev.keyledger.benchmarks.load.Contest} sets one {@link dev.keyledger.benchmarks.load.Scenario} against another,
 * round by round in turns, so that whatever else the machine does meets both alike; what counts is the ratio of each pair of
 * rounds.
 *
 * <p>Place: on the launchers of the end-to-end tests; nothing stands on it.
 */
@NullMarked
package dev.keyledger.benchmarks.load;

import org.jspecify.annotations.NullMarked;
