package dev.keyledger.log.tile;

import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.InclusionProof;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.NodeId;
import dev.keyledger.log.merkle.ProofNodes;
import dev.keyledger.log.merkle.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the proofs of one tree from its tiles. A proof touches at most two tiles per level (the one on the leaf's path
 * and the one at the right edge); the last few tiles read are kept, so the proofs of neighbouring entries cost one read
 * more at the most. Used by one thread.
 */
public final class ProofBuilder {
    private static final int KEPT = 32;

    private final TileSource source;
    private final long treeSize;
    private final Map<TileId, Tile> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileId, Tile> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * @param treeSize the size that the proofs lead to; the source must hold at least that many leaves
     */
    public ProofBuilder(TileSource source, long treeSize) {
        this.source = source;
        this.treeSize = treeSize;
    }

    /** Proves that a leaf is in the tree. It requires {@code 0 <= leafIndex < treeSize}. */
    public InclusionProof inclusion(long leafIndex) throws IOException {
        return new InclusionProof(leafIndex, treeSize, hashes(ProofNodes.inclusion(leafIndex, treeSize)));
    }

    /** Proves that the tree of {@code fromSize} leaves is a prefix. It requires {@code 0 <= fromSize <= treeSize}. */
    public ConsistencyProof consistency(long fromSize) throws IOException {
        return new ConsistencyProof(fromSize, treeSize, hashes(ProofNodes.consistency(fromSize, treeSize)));
    }

    /** Computes the tree's size and root from its tiles. */
    public TreeHead head() throws IOException {
        Hash root = treeSize == 0 ? LogHasher.emptyRoot() : run(ProofNodes.root(treeSize));
        return new TreeHead(treeSize, root);
    }

    /** Reads all that is needed to append behind the tree. */
    public CompactRange range() throws IOException {
        List<Hash> hashes = new ArrayList<>();
        for (NodeId node : treeSize == 0 ? List.<NodeId>of() : ProofNodes.root(treeSize)) {
            hashes.add(node(node));
        }
        return new CompactRange(treeSize, hashes);
    }

    private List<Hash> hashes(List<List<NodeId>> runs) throws IOException {
        List<Hash> hashes = new ArrayList<>(runs.size());
        for (List<NodeId> run : runs) {
            hashes.add(run(run));
        }
        return hashes;
    }

    private Hash run(List<NodeId> nodes) throws IOException {
        List<Hash> hashes = new ArrayList<>(nodes.size());
        for (NodeId node : nodes) {
            hashes.add(node(node));
        }
        return ProofNodes.fold(hashes);
    }

    /** A node of binary level 8L+r is the root of 2^r neighbouring hashes of one tile of level L. */
    private Hash node(NodeId node) throws IOException {
        int level = node.level() / 8;
        int rest = node.level() % 8;
        long first = node.index() << rest;
        Tile tile = tile(TileId.in(treeSize, level, first / TileId.FULL));
        int offset = (int) (first % TileId.FULL);
        List<Hash> hashes = tile.hashes().subList(offset, offset + (1 << rest));
        while (hashes.size() > 1) {
            List<Hash> parents = new ArrayList<>(hashes.size() / 2);
            for (int i = 0; i < hashes.size(); i += 2) {
                parents.add(LogHasher.node(hashes.get(i), hashes.get(i + 1)));
            }
            hashes = parents;
        }
        return hashes.get(0);
    }

    private Tile tile(TileId id) throws IOException {
        Tile tile = kept.get(id);
        if (tile == null) {
            tile = source.tile(id);
            kept.put(id, tile);
        }
        return tile;
    }
}
