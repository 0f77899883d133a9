/**
 * From a Keycloak event to a staged entry. Translators turn events into {@link dev.keyledger.audit.capture.Draft}s
 * while the event is raised; {@link dev.keyledger.audit.capture.PendingEntries} finishes them when the transaction
 * prepares to commit, adds what the change left behind and what Keycloak's models told without an event, and stores
 * them in that same transaction. Translation,
 * flattening, comparison and redaction are pure; only {@code ModelSnapshots}, {@code KeycloakNames} and {@code
 * PendingEntries} touch Keycloak's models. Stands on {@code storage} and {@code key}.
 */
@NullMarked
package dev.keyledger.audit.capture;

import org.jspecify.annotations.NullMarked;
