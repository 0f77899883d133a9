/**
 * The log on a real Keycloak, on H2 and on PostgreSQL: every change has exactly one entry with a valid proof, nothing committed
 * is lost in a crash, and no change to the database goes unnoticed.
 */
@NullMarked
package dev.keyledger.e2e.audit;

import org.jspecify.annotations.NullMarked;
