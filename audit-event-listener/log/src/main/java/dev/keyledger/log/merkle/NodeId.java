package dev.keyledger.log.merkle;

/**
 * A perfect subtree: the {@code index}-th, from the left, of those with {@code 2^level} leaves. It covers the leaves
 * {@code [index * 2^level, (index + 1) * 2^level)}.
 */
public record NodeId(int level, long index) {}
