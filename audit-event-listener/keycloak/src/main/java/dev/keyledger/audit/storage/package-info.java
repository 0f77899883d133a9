/**
 * The log in Keycloak's own database: the tables, the {@link dev.keyledger.audit.storage.JpaLogStorage} that the
 * sequencer drives, the readers behind the admin API and the custody of the keys. Everything runs in transactions that
 * {@link dev.keyledger.audit.storage.Transactions} opens; only a staged row is written in the transaction of a request.
 * Stands on {@code key} and the pure log.
 */
@NullMarked
package dev.keyledger.audit.storage;

import org.jspecify.annotations.NullMarked;
