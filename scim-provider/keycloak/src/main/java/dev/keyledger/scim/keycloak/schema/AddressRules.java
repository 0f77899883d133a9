package dev.keyledger.scim.keycloak.schema;

/**
 * What a realm says of user names and e-mail addresses beside its user profile.
 *
 * @param unique   whether an address belongs to one user only
 * @param userName whether a user's name is the address
 */
record AddressRules(boolean unique, boolean userName) {}
