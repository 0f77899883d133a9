package dev.keyledger.log.merkle;

import dev.keyledger.log.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is needed to append to a tree: the roots of the perfect subtrees that a tree of {@code size} leaves falls
 * into, widest first. There are as many as {@code size} has one bits, at most 63; a log of 100 million entries needs no
 * more than 27.
 *
 * @param size leaves, {@code >= 0}
 * @param hashes one per one bit of {@code size}, the highest bit first
 */
public record CompactRange(long size, List<Hash> hashes) {
    public CompactRange {
        hashes = List.copyOf(hashes);
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new FormatException(
                    "compact range of size " + size + " has " + hashes.size() + " hashes, want " + Long.bitCount(size));
        }
    }

    /** The range of the empty tree. */
    public static CompactRange empty() {
        return new CompactRange(0, List.of());
    }

    /** Reads what {@link #encode} wrote. */
    public static CompactRange parse(long size, String encoded) {
        List<Hash> hashes = new ArrayList<>();
        if (!encoded.isEmpty()) {
            for (String hash : encoded.split(" ", -1)) {
                hashes.add(Hash.ofBase64(hash));
            }
        }
        return new CompactRange(size, hashes);
    }

    /** The hashes in base64 with one space between; empty for the empty tree. 27 hashes are 1,214 characters. */
    public String encode() {
        StringBuilder encoded = new StringBuilder();
        for (Hash hash : hashes) {
            encoded.append(encoded.isEmpty() ? "" : " ").append(hash.toBase64());
        }
        return encoded.toString();
    }

    public Hash root() {
        return hashes.isEmpty() ? LogHasher.emptyRoot() : LogHasher.fold(hashes);
    }

    public TreeHead head() {
        return new TreeHead(size, root());
    }

    /** Starts to append behind this range, which itself never changes. */
    public Appender appender() {
        return new Appender(this);
    }

    /** Is told each perfect subtree, of two leaves or more, that an append completes. */
    @FunctionalInterface
    public interface SubtreeListener {
        void completed(NodeId node, Hash hash);
    }

    /** A growing compact range. Used by one thread. */
    public static final class Appender {
        private final List<Hash> stack;
        private long size;

        private Appender(CompactRange start) {
            this.stack = new ArrayList<>(start.hashes);
            this.size = start.size;
        }

        /** Appends a leaf and forgets the subtrees that it completes. */
        public void append(Hash leafHash) {
            append(leafHash, (node, hash) -> {});
        }

        /** Appends a leaf; tells the listener the subtrees that it completes, smallest first. */
        public void append(Hash leafHash, SubtreeListener listener) {
            Hash hash = leafHash;
            long index = size;
            int level = 0;
            while ((index & 1) == 1) {
                hash = LogHasher.node(stack.remove(stack.size() - 1), hash);
                index >>= 1;
                level++;
                listener.completed(new NodeId(level, index), hash);
            }
            stack.add(hash);
            size++;
        }

        public long size() {
            return size;
        }

        /** The range as it is now. */
        public CompactRange toRange() {
            return new CompactRange(size, stack);
        }
    }
}
