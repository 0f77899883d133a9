package dev.keyledger.log.merkle;

import dev.keyledger.log.VerificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sibling hashes on the way from one leaf to the root, the leaf's own sibling first. RFC 9162 section 2.1.3.
 *
 * @param leafIndex {@code 0 <= leafIndex < treeSize}
 * @param treeSize leaves of the tree whose root the proof leads to
 */
public record InclusionProof(long leafIndex, long treeSize, List<Hash> hashes) {
    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** The number of hashes that a proof has. It requires {@code 0 <= leafIndex < treeSize}. */
    public static int length(long leafIndex, long treeSize) {
        int inner = Long.SIZE - Long.numberOfLeadingZeros(leafIndex ^ (treeSize - 1));
        return inner + Long.bitCount(inner == Long.SIZE ? 0 : leafIndex >>> inner);
    }

    /** Returns when the leaf stands at {@code leafIndex} of the tree with this root, throws when it does not. */
    public void verify(Hash leafHash, Hash root) throws VerificationException {
        Hash computed = rootFrom(leafHash);
        if (!computed.equals(root)) {
            Map<String, String> evidence = new LinkedHashMap<>();
            evidence.put("leaf hash", leafHash.toBase64());
            evidence.put("want root", root.toBase64());
            evidence.put("got root", computed.toBase64());
            throw new VerificationException(
                    "inclusion proof of leafIndex " + leafIndex + " leads to root " + computed + ", want " + root
                            + " (treeSize " + treeSize + ")",
                    evidence);
        }
    }

    /** Computes the root that the proof leads to; throws when the proof has not exactly the length it must have. */
    public Hash rootFrom(Hash leafHash) throws VerificationException {
        checkShape();
        long node = leafIndex;
        long last = treeSize - 1;
        Hash root = leafHash;
        for (Hash sibling : hashes) {
            if ((node & 1) == 1 || node == last) {
                root = LogHasher.node(sibling, root);
                while (node != 0 && (node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                root = LogHasher.node(root, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return root;
    }

    private void checkShape() throws VerificationException {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new VerificationException("leafIndex is beyond treeSize: " + leafIndex + " >= " + treeSize);
        }
        int want = length(leafIndex, treeSize);
        if (hashes.size() != want) {
            throw new VerificationException("inclusion proof has " + hashes.size() + " hashes, want " + want
                    + " (leafIndex " + leafIndex + ", treeSize " + treeSize + ")");
        }
    }
}
