/** The alert rules and the dashboard of {@code docker/monitoring}, read by a real Prometheus. */
@NullMarked
package dev.keyledger.e2e.monitoring;

import org.jspecify.annotations.NullMarked;
