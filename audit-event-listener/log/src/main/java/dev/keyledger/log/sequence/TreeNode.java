package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.Hash;

/**
 * The root of a full subtree of {@code 256^level} leaves: hash {@code index} of tile level {@code level}. Written once,
 * when the subtree's last leaf arrives.
 *
 * @param level {@code >= 1}; the hashes of level 0 are the leaf hashes of the entries
 */
public record TreeNode(int level, long index, Hash hash) {}
