package dev.keyledger.log.merkle;

/**
 * The state of a tree: its size in leaves and its root hash.
 *
 * @param size {@code >= 0}; with size 0 the root is {@link LogHasher#emptyRoot()}
 */
public record TreeHead(long size, Hash root) {
    public TreeHead {
        if (size < 0) {
            throw new IllegalArgumentException("tree size is " + size + ", want >= 0");
        }
    }
}
