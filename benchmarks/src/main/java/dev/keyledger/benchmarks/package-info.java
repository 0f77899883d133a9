/**
 * JMH benchmarks of the two cores, the SCIM ones beside UnboundID's library. Quote ratios and medians: the machines these run
 * on are shared.
 */
@NullMarked
package dev.keyledger.benchmarks;

import org.jspecify.annotations.NullMarked;
