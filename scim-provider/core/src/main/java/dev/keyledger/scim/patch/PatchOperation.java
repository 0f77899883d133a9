package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of a PATCH, in the RFC's form: whatever its client wrote, it has a path. RFC 7644 section 3.5.2. */
public sealed interface PatchOperation {
    /** Where. */
    PatchPath path();

    /**
     * Adds a value, or replaces that of a single-valued attribute.
     *
     * @param path  where
     * @param value what, as sent
     * @param named whether the client wrote the path; if not, it wrote a value with the attribute in it
     */
    record Add(PatchPath path, JsonNode value, boolean named) implements PatchOperation {}

    /**
     * Replaces a value.
     *
     * @param path  where
     * @param value what, as sent; null or empty unassigns
     * @param named as in {@link Add}
     */
    record Replace(PatchPath path, JsonNode value, boolean named) implements PatchOperation {}

    /** Removes what the path selects. */
    record Remove(PatchPath path) implements PatchOperation {}
}
