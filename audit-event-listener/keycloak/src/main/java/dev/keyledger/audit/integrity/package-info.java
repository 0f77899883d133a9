/**
 * The log watches itself: {@link dev.keyledger.audit.integrity.IntegrityTask} verifies what is stored in the background
 * and raises the alarms, {@link dev.keyledger.audit.integrity.LogVerification} is one such verification. Stands on
 * {@code runtime} and {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.integrity;

import org.jspecify.annotations.NullMarked;
