package dev.keyledger.log.json;

/** A JSON value. Immutable; equal when the canonical forms are equal. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonLiteral {}
