package dev.keyledger.scim.validate;

/** Checks and normalises what clients send against a schema. */
public final class ResourceValidator {}
