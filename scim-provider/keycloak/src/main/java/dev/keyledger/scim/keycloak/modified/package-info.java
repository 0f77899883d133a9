/**
 * Keeps the times of the last change of users and groups, whoever changes them.
 *
 * <p>Keycloak writes them at the creation and never again. Here every row that is written, by an administrator, by a user, by a
 * directory's synchronisation or by an extension, moves the time of the user or group that it belongs to, in the transaction
 * that writes it.
 *
 * <p>Place: beside the stores; stands on JPA, Hibernate and Keycloak.
 */
@NullMarked
package dev.keyledger.scim.keycloak.modified;

import org.jspecify.annotations.NullMarked;
