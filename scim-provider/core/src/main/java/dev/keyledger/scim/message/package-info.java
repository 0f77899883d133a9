/**
 * The messages of the protocol (RFC 7644): list responses, search requests, error bodies, as records that read or write JSON.
 *
 * <p>Place: above {@code path}, below {@code patch} and {@code service}.
 */
@NullMarked
package dev.keyledger.scim.message;

import org.jspecify.annotations.NullMarked;
