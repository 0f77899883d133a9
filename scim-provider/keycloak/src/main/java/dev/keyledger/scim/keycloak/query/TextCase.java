package dev.keyledger.scim.keycloak.query;

/** How a text column compares. */
public enum TextCase {
    /** As it is. */
    EXACT,
    /** Without case; the column holds lower case only. */
    STORED_LOWER,
    /** Without case; the column holds any. */
    IGNORED
}
