/**
 * The log watches itself: {@link dev.keyledger.audit.integrity.IntegrityTask} verifies what is stored in the background,
 * {@link dev.keyledger.audit.integrity.Watch} looks at what is seen at a glance, and both raise the alarms; {@link dev.keyledger.audit.integrity.LogVerification} is one such verification. Stands on
 * {@code runtime} and {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.integrity;

import org.jspecify.annotations.NullMarked;
