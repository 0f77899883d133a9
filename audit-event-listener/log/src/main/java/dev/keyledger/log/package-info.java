/**
 * The transparency log of Keyledger, its evidence bundle and its offline verifier: C2SP tlog-tiles over RFC 6962 Merkle
 * trees, written against the JDK alone. Nothing here knows Keycloak, a database or a network; storage, clocks, random
 * numbers and signing keys are handed in. This package itself holds only the two exceptions that every other package
 * raises: {@link dev.keyledger.log.FormatException} for input that is garbled and {@link
 * dev.keyledger.log.VerificationException} for input that is well formed and wrong.
 *
 * <p>Place in the DAG: below everything. {@code merkle}, {@code json} and {@code note} stand on it; {@code checkpoint},
 * {@code tile} and {@code entry} on those; then {@code sequence} and {@code bundle}, then {@code verify}, then {@code
 * cli}.
 */
@NullMarked
package dev.keyledger.log;

import org.jspecify.annotations.NullMarked;
