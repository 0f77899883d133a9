package dev.keyledger.log.sequence;

/**
 * An entry that is durable and has no index yet.
 *
 * @param <P> what the storage hangs on to it (private part, index columns); passed through untouched
 */
public final class StagedEntry<P> {
    private final String id;
    private final byte[] leaf;
    private final P payload;

    /**
     * @param id the entry's id, unique in the log
     * @param leaf the bytes that become the leaf, at least one
     */
    public StagedEntry(String id, byte[] leaf, P payload) {
        if (leaf.length == 0) {
            throw new IllegalArgumentException("staged entry " + id + " has an empty leaf");
        }
        this.id = id;
        this.leaf = leaf.clone();
        this.payload = payload;
    }

    public String id() {
        return id;
    }

    public byte[] leaf() {
        return leaf.clone();
    }

    public P payload() {
        return payload;
    }
}
