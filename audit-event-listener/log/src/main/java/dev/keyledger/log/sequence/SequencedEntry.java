package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.Hash;

/** A staged entry with the index and leaf hash that it has from now on. */
public record SequencedEntry<P>(long index, Hash leafHash, StagedEntry<P> staged) {}
