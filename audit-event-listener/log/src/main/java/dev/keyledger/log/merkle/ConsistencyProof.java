package dev.keyledger.log.merkle;

import dev.keyledger.log.VerificationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes that show one tree to be a prefix of a later one. RFC 9162 section 2.1.4. Between equal sizes, and from
 * the empty tree, the proof is empty.
 *
 * @param fromSize leaves of the older tree
 * @param toSize leaves of the newer tree, {@code 0 <= fromSize <= toSize}
 */
public record ConsistencyProof(long fromSize, long toSize, List<Hash> hashes) {
    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /** The number of hashes that a proof has. It requires {@code 0 <= fromSize <= toSize}. */
    public static int length(long fromSize, long toSize) {
        if (fromSize == 0 || fromSize == toSize) {
            return 0;
        }
        int shift = Long.numberOfTrailingZeros(fromSize);
        int start = Long.bitCount(fromSize) == 1 ? 0 : 1;
        return start + InclusionProof.length(fromSize - 1, toSize) - shift;
    }

    /** Returns when the older root is that of a prefix of the newer tree, throws when it is not. */
    public void verify(Hash fromRoot, Hash toRoot) throws VerificationException {
        checkShape();
        if (fromSize == 0) {
            check(LogHasher.emptyRoot(), fromRoot, "older");
        } else if (fromSize == toSize) {
            check(fromRoot, toRoot, "newer");
        } else {
            replay(fromRoot, toRoot);
        }
    }

    private void replay(Hash fromRoot, Hash toRoot) throws VerificationException {
        List<Hash> path = new ArrayList<>(hashes);
        if (Long.bitCount(fromSize) == 1) {
            path.add(0, fromRoot);
        }
        int shift = Long.numberOfTrailingZeros(fromSize);
        long node = (fromSize - 1) >> shift;
        long last = (toSize - 1) >> shift;
        Hash older = path.get(0);
        Hash newer = path.get(0);
        for (Hash sibling : path.subList(1, path.size())) {
            if ((node & 1) == 1 || node == last) {
                older = LogHasher.node(sibling, older);
                newer = LogHasher.node(sibling, newer);
                while (node != 0 && (node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = LogHasher.node(newer, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        check(older, fromRoot, "older");
        check(newer, toRoot, "newer");
    }

    private void check(Hash computed, Hash claimed, String which) throws VerificationException {
        if (!computed.equals(claimed)) {
            Map<String, String> evidence = new LinkedHashMap<>();
            evidence.put("want " + which + " root", claimed.toBase64());
            evidence.put("got " + which + " root", computed.toBase64());
            throw new VerificationException(
                    "consistency proof from size " + fromSize + " to " + toSize + " leads to " + which + " root "
                            + computed + ", want " + claimed,
                    evidence);
        }
    }

    private void checkShape() throws VerificationException {
        if (fromSize < 0 || fromSize > toSize) {
            throw new VerificationException("fromSize is beyond toSize: " + fromSize + " > " + toSize);
        }
        int want = length(fromSize, toSize);
        if (hashes.size() != want) {
            throw new VerificationException("consistency proof has " + hashes.size() + " hashes, want " + want
                    + " (fromSize " + fromSize + ", toSize " + toSize + ")");
        }
    }
}
