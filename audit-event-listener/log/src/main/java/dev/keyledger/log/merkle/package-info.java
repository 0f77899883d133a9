/**
 * The Merkle tree of RFC 6962 section 2.1: hashes, tree heads, compact ranges, and the two kinds of proof. The
 * algorithms never see storage: {@link dev.keyledger.log.merkle.ProofNodes} says which nodes a proof needs, a caller
 * fetches them by whatever means, and {@link dev.keyledger.log.merkle.InclusionProof} and {@link
 * dev.keyledger.log.merkle.ConsistencyProof} check the result, exact length first. Everything is immutable but {@link
 * dev.keyledger.log.merkle.CompactRange.Appender}. Stands on nothing but the exceptions of {@code dev.keyledger.log}.
 */
@NullMarked
package dev.keyledger.log.merkle;

import org.jspecify.annotations.NullMarked;
