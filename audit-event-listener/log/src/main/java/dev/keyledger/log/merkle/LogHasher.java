package dev.keyledger.log.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The hash functions of RFC 6962 section 2.1 with SHA-256. Pure functions, safe for use by many threads. */
public final class LogHasher {
    private static final byte LEAF_PREFIX = 0x00;
    private static final byte NODE_PREFIX = 0x01;

    private LogHasher() {}

    /** SHA-256 of nothing: the root of the empty tree. */
    public static Hash emptyRoot() {
        return Hash.owning(sha256().digest());
    }

    /** SHA-256(0x00 || entry). */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF_PREFIX);
        return Hash.owning(digest.digest(entry));
    }

    /** SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE_PREFIX);
        digest.update(left.raw());
        return Hash.owning(digest.digest(right.raw()));
    }

    /**
     * Folds the roots of neighbouring perfect subtrees, widest first, into one root: the last two are joined, then the
     * one before, and so on.
     */
    static Hash fold(List<Hash> subtrees) {
        Hash root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = node(subtrees.get(i), root);
        }
        return root;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
