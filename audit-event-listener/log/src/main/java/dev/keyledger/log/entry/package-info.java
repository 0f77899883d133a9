/**
 * What this log records: the leaf of an audit entry, version 1, which holds no personal data, and the commitments that
 * tie the values beside it to the leaf. Destroying a salt makes its commitment meaningless and leaves every proof
 * valid. The normative text is {@code docs/log-format.md}. Stands on {@code json}.
 */
@NullMarked
package dev.keyledger.log.entry;

import org.jspecify.annotations.NullMarked;
