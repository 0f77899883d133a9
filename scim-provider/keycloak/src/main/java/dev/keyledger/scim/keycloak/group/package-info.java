/**
 * The Group resources of a realm, kept as Keycloak groups.
 *
 * <p>Membership changes are applied as deltas: their cost depends on the number of members that change, never on the size of the group.
 *
 * <p>Place: above {@code connection}, {@code event}, {@code modified}, {@code query} and {@code server}.
 */
@NullMarked
package dev.keyledger.scim.keycloak.group;

import org.jspecify.annotations.NullMarked;
