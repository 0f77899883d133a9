/**
 * What data protection asks of a log that nobody can rewrite: finding what it holds about a person, erasing it in one
 * transaction together with the entry that says so, and holding it back from erasure. Stands on {@code storage} and
 * {@code key}; who asks, and the entries that record it, come from {@code runtime}.
 */
@NullMarked
package dev.keyledger.audit.privacy;

import org.jspecify.annotations.NullMarked;
