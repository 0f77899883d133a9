package dev.keyledger.log.bundle;

import dev.keyledger.log.checkpoint.SignedCheckpoint;

/**
 * A checkpoint, of the same log and no larger than the bundle's, and what a time stamp authority says of its text.
 *
 * @param response base64 of the authority's answer, RFC 3161
 */
public record StampedCheckpoint(SignedCheckpoint checkpoint, String response) {}
