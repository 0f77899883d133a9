package dev.keyledger.log.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962 section 2.1 as it is written, slow and recursive, sharing no code with the tree that it judges. */
public final class ReferenceTree {
    private final List<byte[]> leaves;

    public ReferenceTree(List<byte[]> leaves) {
        this.leaves = List.copyOf(leaves);
    }

    /** The tree whose leaf i is i in ASCII decimal. */
    public static ReferenceTree decimal(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
        }
        return new ReferenceTree(leaves);
    }

    public List<byte[]> leaves() {
        return leaves;
    }

    public Hash leafHash(int index) {
        return Hash.of(mth(leaves.subList(index, index + 1)));
    }

    public Hash root() {
        return Hash.of(mth(leaves));
    }

    public Hash root(int size) {
        return Hash.of(mth(leaves.subList(0, size)));
    }

    public List<Hash> path(int index, int size) {
        return path(index, leaves.subList(0, size));
    }

    public List<Hash> proof(int from, int to) {
        return subproof(from, leaves.subList(0, to), true);
    }

    // MTH(D[n])
    private static byte[] mth(List<byte[]> d) {
        if (d.isEmpty()) {
            return sha256();
        }
        if (d.size() == 1) {
            return sha256(new byte[] {0}, d.get(0));
        }
        int k = k(d.size());
        return sha256(new byte[] {1}, mth(d.subList(0, k)), mth(d.subList(k, d.size())));
    }

    // PATH(m, D[n])
    private static List<Hash> path(int m, List<byte[]> d) {
        if (d.size() == 1) {
            return List.of();
        }
        int k = k(d.size());
        return m < k
                ? join(path(m, d.subList(0, k)), mth(d.subList(k, d.size())))
                : join(path(m - k, d.subList(k, d.size())), mth(d.subList(0, k)));
    }

    // SUBPROOF(m, D[n], b)
    private static List<Hash> subproof(int m, List<byte[]> d, boolean b) {
        if (m == d.size()) {
            return b ? List.of() : List.of(Hash.of(mth(d)));
        }
        int k = k(d.size());
        return m <= k
                ? join(subproof(m, d.subList(0, k), b), mth(d.subList(k, d.size())))
                : join(subproof(m - k, d.subList(k, d.size()), false), mth(d.subList(0, k)));
    }

    private static List<Hash> join(List<Hash> path, byte[] last) {
        List<Hash> joined = new ArrayList<>(path);
        joined.add(Hash.of(last));
        return joined;
    }

    /** The largest power of two smaller than n. */
    private static int k(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
