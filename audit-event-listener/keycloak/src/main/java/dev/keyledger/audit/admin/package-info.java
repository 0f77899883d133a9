/**
 * The log in the admin API, {@code /admin/realms/{realm}/audit-log}: searching, one entry with its proof, checkpoint,
 * tiles, and the evidence bundle. Reading only, with the right {@code view-events}, and only of the realm's own log.
 * Stands on {@code runtime} and {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.admin;

import org.jspecify.annotations.NullMarked;
