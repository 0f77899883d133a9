/**
 * Bulk: many operations in one request, in the order that their references ask for. RFC 7644 section 3.7.
 *
 * <p>Reads the request, decides what is done when and what cannot be done at all, fills the ids of created resources in for their
 * {@code bulkId}s, and says what came of each operation. What an operation does, and what a transaction is, is behind {@link
 * dev.keyledger.scim.bulk.BulkExecutor}.
 *
 * <p>Place: above {@code message}; nothing of the core stands on it.
 */
@NullMarked
package dev.keyledger.scim.bulk;

import org.jspecify.annotations.NullMarked;
