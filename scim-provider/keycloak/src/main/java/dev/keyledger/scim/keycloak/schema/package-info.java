/**
 * What each realm makes of the User resource type: its user profile as an extension schema, and where Keycloak keeps each
 * attribute.
 *
 * <p>The realm's user profile is the source; nothing is configured beside it. A schema is compiled when a profile is first seen and found again by the profile's own text, so that a changed profile is a changed schema at the next request on every node.
 *
 * <p>Place: at the bottom, above the core's schemas; stands on Keycloak's user profile.
 */
@NullMarked
package dev.keyledger.scim.keycloak.schema;

import org.jspecify.annotations.NullMarked;
