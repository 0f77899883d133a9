/**
 * Who asks: the provisioning client behind a request, and what it may do.
 *
 * <p>A connection is a provisioning client, for example an identity provider or an HR system. It is authenticated by a bearer token of the realm, and its rights are those that the realm's administration roles and fine-grained permissions give the client's service account.
 *
 * <p>Place: above the core's exceptions; stands on Keycloak.
 */
@NullMarked
package dev.keyledger.scim.keycloak.connection;

import org.jspecify.annotations.NullMarked;
