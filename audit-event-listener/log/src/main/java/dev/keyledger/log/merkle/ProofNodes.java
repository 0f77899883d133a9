package dev.keyledger.log.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which nodes a proof is made of. Each hash of a proof is the root of a run of leaves; each run is given as its perfect
 * subtrees, widest first, whose hashes {@link #fold} joins. Most runs are one perfect subtree; only the right edge of
 * the tree needs more.
 */
public final class ProofNodes {
    private ProofNodes() {}

    /** The runs of an inclusion proof, the leaf's sibling first. It requires {@code 0 <= leafIndex < treeSize}. */
    public static List<List<NodeId>> inclusion(long leafIndex, long treeSize) {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new IllegalArgumentException("leafIndex is beyond treeSize: " + leafIndex + " >= " + treeSize);
        }
        List<List<NodeId>> runs = new ArrayList<>();
        long low = 0;
        long high = treeSize;
        while (high - low > 1) {
            long middle = low + split(high - low);
            if (leafIndex < middle) {
                runs.add(run(middle, high));
                high = middle;
            } else {
                runs.add(run(low, middle));
                low = middle;
            }
        }
        Collections.reverse(runs);
        return runs;
    }

    /** The runs of a consistency proof, RFC 6962 section 2.1.2. It requires {@code 0 <= fromSize <= toSize}. */
    public static List<List<NodeId>> consistency(long fromSize, long toSize) {
        if (fromSize < 0 || fromSize > toSize) {
            throw new IllegalArgumentException("fromSize is beyond toSize: " + fromSize + " > " + toSize);
        }
        List<List<NodeId>> runs = new ArrayList<>();
        if (fromSize == 0) {
            return runs;
        }
        long low = 0;
        long high = toSize;
        while (fromSize != high) {
            long middle = low + split(high - low);
            if (fromSize <= middle) {
                runs.add(run(middle, high));
                high = middle;
            } else {
                runs.add(run(low, middle));
                low = middle;
            }
        }
        if (low != 0) {
            runs.add(run(low, high));
        }
        Collections.reverse(runs);
        return runs;
    }

    /** The perfect subtrees, widest first, whose fold is the root of a tree of {@code treeSize >= 1} leaves. */
    public static List<NodeId> root(long treeSize) {
        return run(0, treeSize);
    }

    /** Joins the hashes of one run's nodes, in the order in which the run names them. */
    public static Hash fold(List<Hash> hashes) {
        return LogHasher.fold(hashes);
    }

    private static List<NodeId> run(long low, long high) {
        List<NodeId> nodes = new ArrayList<>();
        long start = low;
        while (start < high) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(high - start);
            nodes.add(new NodeId(level, start >> level));
            start += 1L << level;
        }
        return nodes;
    }

    /** The largest power of two strictly smaller than {@code n >= 2}. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
