/**
 * The keys of the log and what is done with them: where the master key is kept, derivation from it (HKDF), authenticated encryption
 * of private parts, the code that proves where a staged row came from, the keyed references that make search possible
 * without clear personal data, and the Ed25519 signer. Knows neither Keycloak nor a database; stands on the pure log
 * alone.
 */
@NullMarked
package dev.keyledger.audit.key;

import org.jspecify.annotations.NullMarked;
